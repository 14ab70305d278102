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
    EndingText ending = new EndingText(text, over);
    try {
      for (Pattern pattern : checks.bodyMatches()) {
        if (pattern.matcher(ending).find()) {
          return failed("the body matches " + pattern.pattern());
        }
      }
      for (Pattern pattern : checks.bodyNotMatches()) {
        if (!pattern.matcher(ending).find()) {
          return failed("the body does not match " + pattern.pattern());
        }
      }
      return Optional.empty();
    } catch (EndingText.EndException e) {
      return Optional.of(new ProbeFailure(Reason.TIMEOUT));
    }
  }

  /** The first condition that is true and must not be, or that must be and is not. */
  static Optional<ProbeFailure> jsonFailure(
      HttpOptions.Checks checks, String json, BooleanSupplier over) {
    return checks
        .jsonMatches()
        .flatMap(condition -> failure(condition, json, over, false))
        .or(() -> checks.jsonNotMatches().flatMap(one -> failure(one, json, over, true)));
  }

  private static Optional<ProbeFailure> failure(
      JsonCondition condition, String json, BooleanSupplier over, boolean wanted) {
    JsonCondition.Outcome outcome = condition.test(json, over);
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
