package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.HttpOptions.HeaderMatch;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Headers against regular expressions, as blackbox_exporter does it. */
final class HeaderChecks {

  private HeaderChecks() {}

  /** The first check that fails: a header that is missing and may not be, or one that matches. */
  static Optional<ProbeFailure> failure(HttpOptions.Checks checks, HttpHeaders headers) {
    return Stream.concat(
            checks.headerMatches().stream().map(match -> check(match, headers, false)),
            checks.headerNotMatches().stream().map(match -> check(match, headers, true)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<ProbeFailure> check(
      HeaderMatch match, HttpHeaders headers, boolean wanted) {
    List<String> values = headers.getAll(match.header());
    if (values.isEmpty()) {
      return match.allowMissing() ? Optional.empty() : failed(match, "is missing");
    }
    boolean found = values.stream().anyMatch(value -> match.pattern().matcher(value).find());
    if (found == wanted) {
      return Optional.empty();
    }
    return failed(match, (found ? "matches " : "does not match ") + match.pattern().pattern());
  }

  private static Optional<ProbeFailure> failed(HeaderMatch match, String how) {
    return Optional.of(
        new ProbeFailure(Reason.ASSERTION, "the header " + match.header() + " " + how));
  }
}
