package dev.echosounder.protocol;

import com.google.re2j.Pattern;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.JsonCondition;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Bodies against regular expressions and conditions. Not for an event loop. */
final class BodyChecks {

  private BodyChecks() {}

  /**
   * The first regular expression that is found and must not be, or that must be and is not.
   *
   * @param over whether nobody waits for the answer any more, which then is a failure
   */
  static Optional<ProbeFailure> regexFailure(
      HttpOptions.Checks checks, String text, BooleanSupplier over) {
    for (Pattern pattern : checks.bodyMatches()) {
      if (over.getAsBoolean() || pattern.matcher(text).find()) {
        return failed("the body matches " + pattern.pattern());
      }
    }
    for (Pattern pattern : checks.bodyNotMatches()) {
      if (over.getAsBoolean() || !pattern.matcher(text).find()) {
        return failed("the body does not match " + pattern.pattern());
      }
    }
    return Optional.empty();
  }

  /** The first condition that is true and must not be, or that must be and is not. */
  static Optional<ProbeFailure> jsonFailure(HttpOptions.Checks checks, String json) {
    return checks
        .jsonMatches()
        .flatMap(condition -> failure(condition, json, false))
        .or(() -> checks.jsonNotMatches().flatMap(condition -> failure(condition, json, true)));
  }

  private static Optional<ProbeFailure> failure(
      JsonCondition condition, String json, boolean wanted) {
    JsonCondition.Outcome outcome = condition.test(json);
    if (outcome.value().isEmpty()) {
      return failed(outcome.problem() + ", asked for " + condition);
    }
    return outcome.value().get() == wanted
        ? Optional.empty()
        : failed("the body " + (wanted ? "does not satisfy " : "satisfies ") + condition);
  }

  private static Optional<ProbeFailure> failed(String how) {
    return Optional.of(new ProbeFailure(Reason.ASSERTION, how));
  }
}
