package dev.echosounder.http;

import dev.echosounder.access.TokenBucket;
import dev.echosounder.access.Users;
import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.EchoTotals;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.ProbePage;
import dev.echosounder.bus.Stage;
import dev.echosounder.connection.Connections;
import dev.echosounder.connection.OpenConnections;
import dev.echosounder.settings.Settings;
import dev.echosounder.tracing.EchoSpans;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP on one event loop; deployed once for each. Several listen on the same ports, and
 * Vert.x spreads the connections over them. All its state belongs to that event loop.
 */
public final class HttpVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);
  private static final long CLOSE_SECONDS = 1;

  private final Deployment deployment;
  private final Settings initial;
  private final EchoSpans spans;
  private final List<HttpServer> servers = new ArrayList<>();

  private Stage stage = Stage.STARTING;
  private Settings settings;
  private RequestBody body;
  private EchoHandler echo;
  private Admission admission;
  private Optional<TlsUpdates> tls = Optional.empty();
  private final AnswerHeaders headers = new AnswerHeaders();
  private final Refused refused = new Refused();
  private Connections connections;
  private Ports ports;

  /**
   * What an HTTP verticle is given at its deployment.
   *
   * @param loop its number, from 0
   * @param instance the name of this instance of the service, shown by echo answers
   * @param ports where to listen, the same for all verticles
   * @param openConnections the connections open on all event loops
   * @param requests counts the requests of all event loops against the rate limit
   * @param probePages renders the page of a probe, on the event loop of who asked for it: that is
   *     some microseconds, less than another event loop takes to wake up
   */
  public record Deployment(
      int loop,
      String instance,
      Ports ports,
      OpenConnections openConnections,
      TokenBucket requests,
      Function<ProbePage, ProbePage.Rendered> probePages) {

    /** What {@link Address#PING} is answered under by the HTTP verticle of that number. */
    public static String nameOf(int loop) {
      return "http-" + loop;
    }
  }

  /**
   * Makes a verticle that is ready to be deployed, and traces nothing.
   *
   * @param initial the configuration at the start; later ones come over the bus
   */
  public HttpVerticle(Deployment deployment, Settings initial) {
    this(deployment, initial, EchoSpans.OFF);
  }

  /**
   * Makes a verticle that is ready to be deployed.
   *
   * @param initial the configuration at the start; later ones come over the bus
   * @param spans for this verticle alone
   */
  public HttpVerticle(Deployment deployment, Settings initial, EchoSpans spans) {
    this.deployment = deployment;
    this.initial = initial;
    this.spans = spans;
  }

  /** Where it listens; known once it is deployed. */
  public Ports ports() {
    return ports;
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    String loop = Integer.toString(deployment.loop());
    connections =
        new Connections(
            vertx, initial, deployment.openConnections(), deployment.ports().management());
    body = new RequestBody(vertx, initial.http().maxBody(), initial.http().requestTimeout());
    echo = new EchoHandler(vertx, deployment.instance(), body, spans);
    admission = new Admission(deployment.requests(), new Users(vertx), refused);
    configure(initial);
    return Future.all(
            List.of(
                bus.listen(Address.SETTINGS, this::configure).completion(),
                bus.answer(Address.STAGE.of(loop), this::enter).completion(),
                bus.answer(Address.ECHO_TOTALS.of(loop), asked -> totals()).completion(),
                bus.answer(
                        Address.PING.of(Deployment.nameOf(deployment.loop())),
                        Future::succeededFuture)
                    .completion()))
        .compose(listening -> listen())
        .onSuccess(listening -> tls = tlsUpdates());
  }

  /** Whether TLS is spoken stays as it is; the servers of all event loops share how. */
  private Optional<TlsUpdates> tlsUpdates() {
    return deployment.loop() == 0
        ? initial.web().tls().map(atStart -> new TlsUpdates(vertx, servers, atStart))
        : Optional.empty();
  }

  private Future<EchoTotals> totals() {
    refused.count(Refused.Reason.CONNECTIONS, deployment.openConnections().takeRefused());
    return Future.succeededFuture(echo.totals(deployment.loop()).withRefused(refused.totals()));
  }

  private Future<?> listen() {
    Pulse pulse = new Pulse(vertx);
    ReservedHandler reserved =
        new ReservedHandler(
            vertx,
            Routes.table(vertx, pulse, () -> stage, () -> settings, deployment.probePages()),
            admission);
    boolean separate = deployment.ports().management().isPresent();
    Front main =
        new Front(
            body,
            separate ? null : reserved,
            echoRole() ? echo : null,
            () -> stage,
            headers,
            refused);
    return listen(main, deployment.ports().main(), "http.port")
        .compose(
            server -> {
              if (!separate) {
                ports = new Ports(server.actualPort(), OptionalInt.empty());
                return Future.succeededFuture();
              }
              Front management = new Front(body, reserved, null, () -> stage, headers, refused);
              return listen(
                      management, deployment.ports().management().getAsInt(), "management.port")
                  .onSuccess(
                      second ->
                          ports =
                              new Ports(server.actualPort(), OptionalInt.of(second.actualPort())));
            });
  }

  private boolean echoRole() {
    return initial.roles().contains(Settings.Role.ECHO);
  }

  private Future<HttpServer> listen(Front front, int port, String key) {
    HttpServer server =
        connections
            .server(port)
            // What any client can bring about is no error of the service.
            .exceptionHandler(failure -> LOG.debug("A connection failed", failure))
            .invalidRequestHandler(front::refuseInvalid)
            .requestHandler(front);
    servers.add(server);
    String host = initial.http().host();
    return server
        .listen()
        .recover(cause -> Future.failedFuture(new CannotListenException(host, port, key, cause)));
  }

  private void configure(Settings changed) {
    tls.ifPresent(updates -> changed.web().tls().ifPresent(updates::update));
    settings = changed;
    echo.configure(changed.appName(), changed.simulate());
    headers.configure(changed.web().headers());
    admission.configure(changed.web());
  }

  private Future<Nothing> enter(Stage next) {
    stage = next;
    if (next == Stage.CLOSING) {
      connections.goAway(settings.shutdown().delay().plus(settings.shutdown().drain()));
    }
    Future<Void> entered = next == Stage.DRAINED ? echo.drain() : Future.succeededFuture();
    return entered.map(Nothing.INSTANCE);
  }

  @Override
  public Future<?> stop() {
    return Future.join(
        servers.stream().map(server -> server.shutdown(CLOSE_SECONDS, TimeUnit.SECONDS)).toList());
  }
}
