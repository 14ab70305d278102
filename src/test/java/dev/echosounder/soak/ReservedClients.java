package dev.echosounder.soak;

import dev.echosounder.soak.GoodClient.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Who asks for what the service tells of its targets and of itself. */
final class ReservedClients {

  private final Surface surface;

  private ReservedClients(Surface surface) {
    this.surface = surface;
  }

  /**
   * Begins.
   *
   * @param named the name of a target that stays
   * @param probed the URL of a good target
   */
  static void start(Pace pace, Surface surface, String named, String probed, Outcomes outcomes) {
    Vertx vertx = pace.vertx;
    ReservedClients asks = new ReservedClients(surface);
    HttpClientOptions options = surface.client(HttpVersion.HTTP_1_1);
    new GoodClient(pace, vertx.createHttpClient(options), outcomes)
        .every(1_000, "/metrics", asks.of("/metrics", "\nechosounder_build_info"))
        .every(1_000, "/metrics, OpenMetrics", asks::openMetrics)
        .every(500, "/healthcheck", asks.of("/healthcheck", "\"ok\""))
        .every(1_000, "/history", asks.of("/history?name=" + named, named))
        .every(2_000, "/config", asks.of("/config", "app_name"))
        .every(1_000, "/queryurl of one", asks.of("/queryurl?name=" + named, "\"up\":1"))
        .every(45_000, "/queryurl of all", asks.of("/queryurl", named))
        .every(500, "/probe", asks.of("/probe?target=" + probed, "probe_success 1"));
    new GoodClient(pace, vertx.createHttpClient(options.setDecompressionSupported(true)), outcomes)
        .every(1_000, "/metrics, gzip", asks.of("/metrics", "\nechosounder_build_info"));
  }

  private Supplier<Exchange> of(String path, String holds) {
    return () -> exchange(surface.reserved(HttpMethod.GET, path), holds);
  }

  private Exchange openMetrics() {
    return exchange(
        surface
            .reserved(HttpMethod.GET, "/metrics")
            .putHeader("Accept", "application/openmetrics-text; version=1.0.0"),
        "\n# EOF\n");
  }

  private static Exchange exchange(RequestOptions request, String holds) {
    return new Exchange(
        request,
        Buffer.buffer(),
        (response, body) ->
            response.statusCode() == 200 && body.toString(StandardCharsets.UTF_8).contains(holds));
  }
}
