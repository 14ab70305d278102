package dev.echosounder;

import dev.echosounder.access.TokenBucket;
import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.Reload;
import dev.echosounder.bus.Stage;
import dev.echosounder.config.ConfigSource;
import dev.echosounder.config.Reading;
import dev.echosounder.connection.OpenConnections;
import dev.echosounder.http.HttpVerticle;
import dev.echosounder.http.HttpVerticle.Deployment;
import dev.echosounder.http.Ports;
import dev.echosounder.http.PulseVerticle;
import dev.echosounder.metrics.MetricsVerticle;
import dev.echosounder.metrics.ProbePageRenderer;
import dev.echosounder.probe.ProberVerticle;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Settings.Role;
import dev.echosounder.tracing.Tracing;
import dev.echosounder.tracing.TracingVerticle;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: the only class that knows every verticle. It starts those that receive
 * before those that send (tracing, metrics, prober, HTTP, then the configuration, which sets all of
 * them going). A stop ends those that act of their own accord first, so that what they sent is
 * counted.
 */
public final class Echosounder {

  private static final Logger LOG = LoggerFactory.getLogger(Echosounder.class);

  /** What an event loop that is not blocked answers in, with a wide margin. */
  private static final Duration PROMPT = Duration.ofSeconds(2);

  private static final Duration RELOAD_TIMEOUT = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Bus bus;
  private final Settings settings;
  private final int loops;
  private final Descriptors descriptors;
  private volatile Settings.Shutdown windows;
  private volatile Tracing tracing = Tracing.OFF;
  private final Deque<String> senders = new ArrayDeque<>();
  private final Deque<String> receivers = new ArrayDeque<>();
  private Ports ports;

  private Echosounder(Vertx vertx, Settings settings) {
    this.vertx = vertx;
    this.descriptors = Descriptors.of(settings, OpenConnections.MOST_HEARD);
    this.bus = Bus.install(vertx);
    this.settings = settings;
    this.windows = settings.shutdown();
    this.bus.listen(Address.SETTINGS, changed -> windows = changed.shutdown());
    this.loops =
        (int)
            StreamSupport.stream(((VertxInternal) vertx).eventLoopGroup().spliterator(), false)
                .count();
  }

  /**
   * Starts the service.
   *
   * @param vertx for this service alone; its bus must be unused
   * @param registry what {@code /metrics} renders
   * @param source where the configuration came from, and later ones will
   * @param reading the configuration to start with; it has settings
   * @param instance the name of this instance, shown by echo answers
   * @param watchPeriod how often the configuration file is looked at
   * @return the service, ready; fails if it cannot start, for example because its port is taken
   */
  public static Future<Echosounder> start(
      Vertx vertx,
      PrometheusMeterRegistry registry,
      ConfigSource source,
      Reading reading,
      String instance,
      Duration watchPeriod) {
    Echosounder service = new Echosounder(vertx, reading.settings().orElseThrow());
    service.descriptors.shortage(service.settings).ifPresent(LOG::info);
    return service
        .startTracing(instance)
        .compose(started -> service.startReceivers(registry))
        .compose(started -> service.startHttp(instance))
        .compose(
            started ->
                service.deploy(
                    new ConfigVerticle(source, reading, service.ports, watchPeriod),
                    service.senders))
        .compose(started -> service.deployPulse())
        .compose(started -> service.flush("the first counts"))
        .compose(counted -> service.enter(Stage.RUNNING, PROMPT))
        .map(service);
  }

  /** The scheme of its URLs. */
  public String scheme() {
    return settings.web().scheme();
  }

  /** Where the service listens. */
  public Ports ports() {
    return ports;
  }

  /** Has the configuration read again; what became of it is logged. Any thread. */
  public void reload() {
    bus.request(Address.RELOAD, new Reload(), RELOAD_TIMEOUT)
        .onFailure(cause -> LOG.warn("The configuration was not read in time", cause));
  }

  private Future<?> startTracing(String instance) {
    return Tracing.start(vertx, settings, Version.current(), instance)
        .onSuccess(started -> tracing = started)
        .compose(
            started ->
                settings.tracing().on()
                    ? deploy(new TracingVerticle(started), receivers)
                    : Future.succeededFuture());
  }

  private Future<?> startReceivers(PrometheusMeterRegistry registry) {
    Future<?> metrics =
        deploy(new MetricsVerticle(settings, registry, loops, Version.current()), receivers);
    return prober() ? metrics.compose(started -> deploy(proberVerticle(), senders)) : metrics;
  }

  private ProberVerticle proberVerticle() {
    return new ProberVerticle(
        Version.current(), Optional.empty(), tracing.probes(), descriptors.probes());
  }

  private Future<?> startHttp(String instance) {
    Ports configured = Ports.configured(settings);
    OpenConnections openConnections =
        new OpenConnections(
            descriptors.connections(), descriptors.refusals(), configured.management().isPresent());
    TokenBucket requests = new TokenBucket();
    List<HttpVerticle> verticles =
        IntStream.range(0, loops)
            .mapToObj(
                loop ->
                    new Deployment(
                        loop,
                        instance,
                        configured,
                        openConnections,
                        requests,
                        ProbePageRenderer::render))
            .map(deployment -> new HttpVerticle(deployment, settings, tracing.echo()))
            .toList();
    return Future.all(verticles.stream().map(verticle -> deploy(verticle, receivers)).toList())
        .onSuccess(started -> ports = verticles.get(0).ports());
  }

  /** Last, and so the first to go: none that is stopped is one that does not answer. */
  private Future<?> deployPulse() {
    return vertx
        .deployVerticle(new PulseVerticle(verticles()), PulseVerticle.options())
        .onSuccess(senders::push);
  }

  private List<String> verticles() {
    List<String> names = new ArrayList<>(List.of("metrics", ConfigVerticle.NAME));
    if (settings.tracing().on()) {
      names.add(TracingVerticle.NAME);
    }
    if (prober()) {
      names.add(ProberVerticle.NAME);
    }
    IntStream.range(0, loops).mapToObj(Deployment::nameOf).forEach(names::add);
    return names;
  }

  private boolean prober() {
    return settings.roles().contains(Role.PROBER);
  }

  private Future<String> deploy(VerticleBase verticle, Deque<String> deployments) {
    return vertx.deployVerticle(verticle).onSuccess(deployments::push);
  }

  /**
   * Stops the service: not ready any more; for {@code shutdown.delay} everything is answered; then
   * what acts of its own accord ends (the prober, the watch over the configuration), echo is
   * drained, the last counts are merged, and {@code shutdown.linger} leaves time for a last scrape
   * and the last spans. Every step has a deadline; one that fails is logged and does not keep the
   * next from happening.
   *
   * @return done when nothing runs any more and Vert.x is closed; fails if that takes too long
   */
  public Future<Void> stop() {
    LOG.info("Stopping");
    return step("telling clients to leave", enter(Stage.CLOSING, PROMPT))
        .compose(left -> wait(windows.delay()))
        .compose(left -> undeployAll(senders))
        .compose(quiet -> step("draining", enter(Stage.DRAINED, windows.drain())))
        .compose(drained -> flush("the last counts"))
        .compose(flushed -> Future.join(wait(windows.linger()), tracing.flush()))
        .compose(lingered -> undeployAll(receivers))
        .compose(undeployed -> vertx.close().timeout(PROMPT.toMillis(), TimeUnit.MILLISECONDS));
  }

  private Future<?> enter(Stage stage, Duration timeout) {
    return Future.join(
        IntStream.range(0, loops)
            .mapToObj(loop -> bus.request(Address.STAGE.of("" + loop), stage, timeout))
            .toList());
  }

  /**
   * The next page has what was counted until now, and from the first one on every family of echo.
   */
  private Future<?> flush(String what) {
    return step("merging " + what, bus.request(Address.FLUSH, Nothing.INSTANCE, PROMPT));
  }

  private Future<?> wait(Duration window) {
    return window.isZero() ? Future.succeededFuture() : vertx.timer(window.toMillis());
  }

  /** The one deployed last goes first. */
  private Future<?> undeployAll(Deque<String> deployments) {
    if (deployments.isEmpty()) {
      return Future.succeededFuture();
    }
    Future<?> gone =
        vertx.undeploy(deployments.pop()).timeout(PROMPT.toMillis(), TimeUnit.MILLISECONDS);
    return step("undeploying", gone).compose(next -> undeployAll(deployments));
  }

  private static Future<?> step(String what, Future<?> step) {
    return step.onFailure(cause -> LOG.warn("A step failed: {}", what, cause)).otherwiseEmpty();
  }
}
