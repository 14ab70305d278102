package dev.echosounder;

import dev.echosounder.bus.Address;
import dev.echosounder.config.ConfigSource;
import dev.echosounder.config.Reading;
import dev.echosounder.connection.GuardedTransport;
import dev.echosounder.http.Ports;
import dev.echosounder.metrics.Instrumentation;
import dev.echosounder.settings.Settings;
import dev.echosounder.testing.Running;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** The whole service in this process, from its configuration file on, with a client beside it. */
public final class RunningEchosounder implements Running {

  private static final Duration WATCH_PERIOD = Duration.ofMillis(100);

  private final Instrumentation instrumentation = new Instrumentation();
  private final Vertx vertx;
  private final Vertx clientVertx = Vertx.vertx();
  private final WebClient client = WebClient.create(clientVertx);
  private final Echosounder service;
  private Future<Void> stopped = Future.succeededFuture();

  /**
   * Starts it.
   *
   * @param file its configuration, or the embedded one
   * @param environment its variables
   */
  public RunningEchosounder(Optional<Path> file, Map<String, String> environment) {
    this(file, environment, UnaryOperator.identity());
  }

  /** With other settings at the start than the configuration's. */
  public RunningEchosounder(
      Optional<Path> file, Map<String, String> environment, UnaryOperator<Settings> atStart) {
    this(file, environment, atStart, 2);
  }

  /** With so many event loops. */
  RunningEchosounder(
      Optional<Path> file,
      Map<String, String> environment,
      UnaryOperator<Settings> atStart,
      int loops) {
    vertx =
        instrumentation.build(
            GuardedTransport.builder(), new VertxOptions().setEventLoopPoolSize(loops));
    ConfigSource source = ConfigSource.of(vertx, file, environment);
    Reading reading = Waiting.on(source.read());
    if (!reading.problems().isEmpty()) {
      throw new IllegalArgumentException(reading.problems().toString());
    }
    Reading first =
        new Reading(
            reading.settings().map(atStart),
            List.of(),
            reading.warnings(),
            reading.embeddedDefault());
    service =
        Waiting.on(
            Echosounder.start(
                vertx, instrumentation.registry(), source, first, "instance-1", WATCH_PERIOD));
  }

  public Ports ports() {
    return service.ports();
  }

  /**
   * Has the event loop of a verticle stand still when it is asked next whether it is there, until
   * the latch is open.
   */
  void block(String verticle, CountDownLatch until) {
    AtomicBoolean once = new AtomicBoolean();
    String address = Address.PING.of(verticle).name();
    vertx
        .eventBus()
        .addInboundInterceptor(
            delivery -> {
              if (delivery.message().address().equals(address) && once.compareAndSet(false, true)) {
                Waiting.on(until);
              }
              delivery.next();
            });
  }

  HttpResponse<Buffer> get(String path) {
    return request(HttpMethod.GET, ports().reserved(), path);
  }

  HttpResponse<Buffer> request(HttpMethod method, int port, String path) {
    return Waiting.on(client.request(method, port, "127.0.0.1", path).send());
  }

  HttpResponse<Buffer> get(String path, MultiMap headers) {
    return Waiting.on(client.get(ports().main(), "127.0.0.1", path).putHeaders(headers).send());
  }

  String metrics() {
    return get("/metrics").bodyAsString();
  }

  JsonObject query() {
    return get("/queryurl").bodyAsJsonObject().getJsonObject("response");
  }

  @Override
  public int port() {
    return ports().main();
  }

  @Override
  public int managementPort() {
    return ports().reserved();
  }

  @Override
  public void askToStop() {
    stopped = service.stop();
  }

  @Override
  public void awaitStop() {
    Waiting.on(stopped);
  }

  @Override
  public void close() {
    Waiting.on(vertx.close());
    Waiting.on(clientVertx.close());
    instrumentation.close();
  }
}
