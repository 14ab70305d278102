package dev.echosounder.tracing;

import dev.echosounder.bus.Phase;
import io.opentelemetry.api.common.AttributeKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every attribute of a span. Names without a prefix of ours are OpenTelemetry's semantic
 * conventions. docs/tracing.md says the same, and a test compares.
 *
 * @param spans which spans may have it
 */
record SpanAttribute<T>(AttributeKey<T> key, String spans, String meaning) {

  private static final String ECHO = "echo";
  private static final String PROBE = "probe";
  private static final String BOTH = "echo, probe";

  static final SpanAttribute<String> METHOD =
      text(
          "http.request.method",
          BOTH,
          "The method; of an echo request one of the nine that the metrics tell apart, or `_OTHER`.");

  static final SpanAttribute<String> SCHEME = text("url.scheme", ECHO, "`http`.");

  static final SpanAttribute<String> PATH =
      text("url.path", ECHO, "The path, decoded, without the query, which may hold secrets.");

  static final SpanAttribute<String> URL =
      text("url.full", PROBE, "The URL of an http target, secrets shown as `***`.");

  static final SpanAttribute<Long> STATUS =
      number("http.response.status_code", BOTH, "The status of the answer; of a probe the last.");

  static final SpanAttribute<String> SERVER =
      text("server.address", BOTH, "The host that the request names, or that of the target.");

  static final SpanAttribute<Long> SERVER_PORT =
      number("server.port", BOTH, "The port, where one is written.");

  static final SpanAttribute<String> HTTP_VERSION =
      text("network.protocol.version", ECHO, "`1.0`, `1.1` or `2`.");

  static final SpanAttribute<String> ERROR =
      text(
          "error.type",
          BOTH,
          "Where the span is an error: the status from 500 on, or `client_gone`; of a probe its reason.");

  static final SpanAttribute<String> RPC_SYSTEM =
      text("rpc.system", PROBE, "`grpc`, where that is spoken.");

  static final SpanAttribute<String> RPC_SERVICE =
      text("rpc.service", PROBE, "`grpc.health.v1.Health`, over gRPC.");

  static final SpanAttribute<String> RPC_METHOD = text("rpc.method", PROBE, "`Check`, over gRPC.");

  static final SpanAttribute<Long> RPC_STATUS =
      number("rpc.grpc.status_code", PROBE, "The gRPC status of the answer.");

  static final SpanAttribute<String> REASON =
      text("echosounder.reason", PROBE, "`ok`, or why the attempt failed, as in the metrics.");

  static final SpanAttribute<String> MODULE =
      text("echosounder.module", PROBE, "The name of the module.");

  static final SpanAttribute<String> NAME =
      text("echosounder.target", PROBE, "The name of the target, where it has one.");

  static final SpanAttribute<Long> REDIRECTS =
      number("echosounder.redirects", PROBE, "Redirects received, over HTTP.");

  /** Those of the phases. */
  static final Map<Phase, SpanAttribute<Double>> PHASES =
      Arrays.stream(Phase.values())
          .collect(Collectors.toUnmodifiableMap(phase -> phase, SpanAttribute::of));

  /** All of the above. */
  static final List<SpanAttribute<?>> ALL = all();

  private static List<SpanAttribute<?>> all() {
    List<SpanAttribute<?>> all =
        new ArrayList<>(
            List.of(
                METHOD,
                SCHEME,
                PATH,
                URL,
                STATUS,
                SERVER,
                SERVER_PORT,
                HTTP_VERSION,
                ERROR,
                RPC_SYSTEM,
                RPC_SERVICE,
                RPC_METHOD,
                RPC_STATUS,
                REASON,
                MODULE,
                NAME,
                REDIRECTS));
    Arrays.stream(Phase.values()).map(PHASES::get).forEach(all::add);
    return List.copyOf(all);
  }

  private static SpanAttribute<Double> of(Phase phase) {
    return new SpanAttribute<>(
        AttributeKey.doubleKey("echosounder.phase." + phase.label()),
        PROBE,
        "Seconds in this phase, where it ran.");
  }

  private static SpanAttribute<String> text(String name, String spans, String meaning) {
    return new SpanAttribute<>(AttributeKey.stringKey(name), spans, meaning);
  }

  private static SpanAttribute<Long> number(String name, String spans, String meaning) {
    return new SpanAttribute<>(AttributeKey.longKey(name), spans, meaning);
  }
}
