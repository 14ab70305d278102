package dev.echosounder.http;

import dev.echosounder.bus.Distribution;
import dev.echosounder.bus.EchoTotals;
import dev.echosounder.bus.EchoTotals.CodeTotal;
import dev.echosounder.bus.EchoTotals.MethodTotals;
import dev.echosounder.bus.Exemplar;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Counts the echo answers of one event loop by method, status code and latency. Plain memory: only
 * that event loop may touch it. It only grows; {@link #totals} is a copy.
 */
final class Tally {

  /**
   * The methods that are labels of their own (RFC 9110 section 9.3, RFC 5789); any other is {@code
   * OTHER}.
   */
  static final List<String> METHODS =
      List.of(
          "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "OTHER");

  static final int LOWEST_CODE = 200;
  static final int HIGHEST_CODE = 599;

  /**
   * The latency buckets' upper bounds in seconds: an echo takes microseconds, one with a delay up
   * to 30 s.
   */
  static final double[] BOUNDS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    30
  };

  private static final int OTHER = METHODS.size() - 1;
  private static final Map<HttpMethod, Integer> INDEX =
      Map.of(
          HttpMethod.GET, 0,
          HttpMethod.HEAD, 1,
          HttpMethod.POST, 2,
          HttpMethod.PUT, 3,
          HttpMethod.DELETE, 4,
          HttpMethod.CONNECT, 5,
          HttpMethod.OPTIONS, 6,
          HttpMethod.TRACE, 7,
          HttpMethod.PATCH, 8);

  private final long[] boundsNanos = new long[BOUNDS.length];
  private final Row[] rows = new Row[METHODS.size()];

  Tally() {
    // From the start, so that a rate is zero, and not unknown, until the first request.
    rows[INDEX.get(HttpMethod.GET)] = new Row();
    for (int i = 0; i < BOUNDS.length; i++) {
      boundsNanos[i] = Math.round(BOUNDS[i] * 1e9);
    }
  }

  /** Counts one answer that is not traced. */
  void count(HttpMethod method, int code, long nanos) {
    count(method, code, nanos, Optional.empty());
  }

  /**
   * Counts one answer.
   *
   * @param exemplar what stands for it in its bucket from now on, if it is traced
   */
  void count(HttpMethod method, int code, long nanos, Optional<Exemplar> exemplar) {
    int index = INDEX.getOrDefault(method, OTHER);
    Row row = rows[index];
    if (row == null) {
      row = new Row();
      rows[index] = row;
    }
    row.codes[code - LOWEST_CODE]++;
    row.sumNanos += nanos;
    int bucket = 0;
    while (bucket < boundsNanos.length && nanos > boundsNanos[bucket]) {
      bucket++;
    }
    row.buckets[bucket]++;
    if (exemplar.isPresent()) {
      row.exemplars[bucket] = exemplar.get();
    }
  }

  /** What was counted so far, as the totals of this event loop. */
  EchoTotals totals(int loop) {
    List<MethodTotals> methods = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != null) {
        methods.add(rows[i].totals(METHODS.get(i)));
      }
    }
    return new EchoTotals(loop, methods);
  }

  private static final class Row {

    private final long[] codes = new long[HIGHEST_CODE - LOWEST_CODE + 1];
    private final long[] buckets = new long[BOUNDS.length + 1];
    private final Exemplar[] exemplars = new Exemplar[BOUNDS.length + 1];
    private long sumNanos;

    MethodTotals totals(String method) {
      List<CodeTotal> answered = new ArrayList<>();
      for (int i = 0; i < codes.length; i++) {
        boolean commonest = method.equals("GET") && LOWEST_CODE + i == 200;
        if (codes[i] > 0 || commonest) {
          answered.add(new CodeTotal(LOWEST_CODE + i, codes[i]));
        }
      }
      return new MethodTotals(
          method,
          answered,
          new Distribution(BOUNDS, buckets, sumNanos / 1e9),
          Arrays.stream(exemplars).filter(Objects::nonNull).toList());
    }
  }
}
