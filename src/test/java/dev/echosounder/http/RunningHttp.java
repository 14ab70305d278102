package dev.echosounder.http;

import dev.echosounder.access.TokenBucket;
import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.EchoTotals;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.Stage;
import dev.echosounder.connection.GuardedTransport;
import dev.echosounder.connection.OpenConnections;
import dev.echosounder.metrics.ProbePageRenderer;
import dev.echosounder.settings.Settings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One HTTP verticle on a free port; the rest of the service is what the test puts on the bus. */
public final class RunningHttp implements AutoCloseable {

  public static final Duration PATIENCE = Duration.ofSeconds(20);

  public final Vertx vertx = GuardedTransport.builder().build();
  public final Bus bus = Bus.install(vertx);
  public final Ports ports;

  public RunningHttp(Settings settings, String... otherVerticles) {
    List<String> verticles = Stream.concat(Stream.of("http-0"), Stream.of(otherVerticles)).toList();
    HttpVerticle verticle =
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
    Waiting.on(vertx.deployVerticle(verticle));
    Waiting.on(vertx.deployVerticle(new PulseVerticle(verticles), PulseVerticle.options()));
    ports = verticle.ports();
  }

  public int port() {
    return ports.main();
  }

  public void enter(Stage stage) {
    Waiting.on(bus.request(Address.STAGE.of("0"), stage, PATIENCE));
  }

  /** Counted answers, as {@code METHOD code}. */
  public Map<String, Long> counted() {
    EchoTotals totals =
        Waiting.on(bus.request(Address.ECHO_TOTALS.of("0"), Nothing.INSTANCE, PATIENCE));
    return totals.methods().stream()
        .flatMap(
            method ->
                method.codes().stream()
                    .filter(code -> code.count() > 0)
                    .map(code -> Map.entry(method.method() + " " + code.code(), code.count())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** How much was refused, by its reason, where anything was. */
  public Map<String, Long> refused() {
    EchoTotals totals =
        Waiting.on(bus.request(Address.ECHO_TOTALS.of("0"), Nothing.INSTANCE, PATIENCE));
    return totals.refused().stream()
        .filter(refused -> refused.count() > 0)
        .collect(Collectors.toMap(EchoTotals.RefusedTotal::reason, EchoTotals.RefusedTotal::count));
  }

  @Override
  public void close() {
    Waiting.on(vertx.close());
  }
}
