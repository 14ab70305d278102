package dev.echosounder;

import dev.echosounder.access.TokenBucket;
import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.Stage;
import dev.echosounder.connection.GuardedTransport;
import dev.echosounder.connection.OpenConnections;
import dev.echosounder.http.HttpVerticle;
import dev.echosounder.http.Ports;
import dev.echosounder.metrics.Instrumentation;
import dev.echosounder.metrics.MetricsVerticle;
import dev.echosounder.metrics.ProbePageRenderer;
import dev.echosounder.probe.ProberVerticle;
import dev.echosounder.settings.Settings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;

/** The verticles of the service in this process, with settings that no file holds. */
final class RunningVerticles implements AutoCloseable {

  private final Instrumentation instrumentation = new Instrumentation();
  private final Vertx vertx = instrumentation.build(GuardedTransport.builder(), new VertxOptions());
  private final Vertx clientVertx = Vertx.vertx();
  private final WebClient client =
      WebClient.create(clientVertx, new WebClientOptions().setDecompressionSupported(false));
  private final HttpVerticle http;
  private String prober = "";

  RunningVerticles(Settings settings) {
    Bus bus = Bus.install(vertx);
    Waiting.on(
        vertx.deployVerticle(
            new MetricsVerticle(settings, instrumentation.registry(), 1, "1.2.3")));
    if (settings.roles().contains(Settings.Role.PROBER)) {
      prober = Waiting.on(vertx.deployVerticle(new ProberVerticle("1.2.3")));
    }
    http =
        new HttpVerticle(
            new HttpVerticle.Deployment(
                0,
                "instance-1",
                Ports.configured(settings),
                new OpenConnections(
                    settings.http().maxConnections(),
                    OpenConnections.MOST_HEARD,
                    settings.managementPort().isPresent()),
                new TokenBucket(),
                ProbePageRenderer::render),
            settings);
    Waiting.on(vertx.deployVerticle(http));
    bus.publish(Address.SETTINGS, settings);
    Waiting.on(bus.request(Address.STAGE.of("0"), Stage.RUNNING, Duration.ofSeconds(20)));
  }

  /** Where it listens. */
  int port() {
    return http.ports().main();
  }

  /** A request that is not sent yet. */
  HttpRequest<Buffer> request(HttpMethod method, String path) {
    return client.request(method, http.ports().main(), "127.0.0.1", path);
  }

  HttpResponse<Buffer> get(String path) {
    return Waiting.on(request(HttpMethod.GET, path).send());
  }

  /** Has all totals collected now, so that the next page has them. */
  void flush() {
    Waiting.on(Bus.of(vertx).request(Address.FLUSH, Nothing.INSTANCE, Duration.ofSeconds(20)));
  }

  Future<Void> stopProber() {
    return vertx.undeploy(prober);
  }

  @Override
  public void close() {
    Waiting.on(vertx.close());
    Waiting.on(clientVertx.close());
    instrumentation.close();
  }
}
