package dev.echosounder.http;

import dev.echosounder.bus.EchoTotals.RefusedTotal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts what one event loop refused before anybody looked at what was asked for. Plain memory:
 * only that event loop may touch it. It only grows.
 */
final class Refused {

  /** Why. Its name in small letters is the value of the {@code reason} label. */
  enum Reason {
    /** A connection past {@code http.max_connections}. */
    CONNECTIONS,
    /** What is no request of HTTP, or larger than one may be. */
    MALFORMED,
    /** Past the rate limit of the web configuration. */
    RATE_LIMITED,
    /** Without the name and the password of a user. */
    UNAUTHORIZED,
    /** While too many passwords were being checked. */
    OVERLOADED
  }

  private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

  /** Counts one. */
  void count(Reason reason) {
    count(reason, 1);
  }

  /** Counts several. */
  void count(Reason reason, long more) {
    counts.merge(reason, more, Long::sum);
  }

  /** A copy of what was counted so far; every reason is there from the start. */
  List<RefusedTotal> totals() {
    return Arrays.stream(Reason.values())
        .map(reason -> new RefusedTotal(label(reason), counts.getOrDefault(reason, 0L)))
        .toList();
  }

  private static String label(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
