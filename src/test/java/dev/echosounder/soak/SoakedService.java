package dev.echosounder.soak;

import static org.awaitility.Awaitility.await;

import dev.echosounder.acceptance.LiveHeap;
import dev.echosounder.hostile.HostileCrowd;
import dev.echosounder.testing.MetricsPage;
import dev.echosounder.testing.RunningService;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/** One service under load, and what it held meanwhile. */
final class SoakedService implements AutoCloseable {

  /**
   * A heap that is all there from the start, so that resident memory grows by nothing but what is
   * outside of it. The collector is that of the image. Every buffer is followed from where it is
   * made to where it is released, but not each access to it, which would take a stack trace a byte.
   */
  private static final String JVM =
      "-Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:+UseSerialGC"
          + " -Dio.netty.leakDetection.level=paranoid -Dio.netty.leakDetection.targetRecords=20"
          + " -Dio.netty.leakDetection.acquireAndReleaseOnly=true";

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final double MIB = 1 << 20;

  /** Descriptors that come with the first use of something, such as a jar of the JDK. */
  private static final int FEW = 16;

  final String name;
  final Outcomes outcomes = new Outcomes();
  final List<Sample> samples = new ArrayList<>();
  final Footprint before;
  List<String> goodTargetsDown = List.of();

  private final RunningService service;
  private final Surface surface;
  private final Vertx control = oneLoop();
  private final Vertx load = oneLoop();
  private final Pace pace = new Pace(load);
  private final HttpClient client;
  private final Reloads reloads;
  private final List<HostileCrowd> crowds = new ArrayList<>();

  /** Starts it, without targets and without load. */
  SoakedService(String name, Path directory, ConfigurationFiles files, GoodTargets targets)
      throws Exception {
    this.name = name;
    this.service =
        RunningService.run(
            directory, Map.of("JAVA_TOOL_OPTIONS", JVM), "--config", files.main().toString());
    service.awaitStart();
    boolean secure = name.equals("secure");
    this.surface =
        new Surface(secure, service.port(), service.managementPort(), authorization(secure));
    this.client = control.createHttpClient(surface.client(HttpVersion.HTTP_1_1));
    this.reloads = new Reloads(control, surface, files, targets.url(), outcomes);
    this.before = Footprint.of(service.process());
  }

  private static Vertx oneLoop() {
    return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  }

  private static Optional<String> authorization(boolean secure) {
    byte[] login =
        (ConfigurationFiles.USER + ":" + ConfigurationFiles.PASSWORD)
            .getBytes(StandardCharsets.UTF_8);
    return secure
        ? Optional.of("Basic " + Base64.getEncoder().encodeToString(login))
        : Optional.empty();
  }

  /** Has the first targets probed, which warms up what a new process is slow at. */
  void warmUp() throws Exception {
    reloads.first();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> page().all("probe_success").size() == page().sum("echosounder_targets"));
  }

  /**
   * Begins.
   *
   * @param millis between two echo requests of the busiest client
   * @param sockets of hostile clients, one kind for each crowd
   */
  void load(GoodTargets targets, long millis, List<SocketFactory> sockets) throws Exception {
    reloads.start();
    EchoClients.start(pace, surface, millis, outcomes);
    ReservedClients.start(pace, surface, "good0", targets.url(), outcomes);
    BadClients.start(pace, surface, targets.silentUrl());
    sockets.forEach(
        kind ->
            crowds.add(
                new HostileCrowd(kind, surface.port(), !surface.secure(), Duration.ofMillis(200))));
  }

  void sample(long seconds, boolean countHeap) throws IOException {
    OptionalDouble live =
        countHeap
            ? OptionalDouble.of(LiveHeap.bytes(service.process()) / MIB)
            : OptionalDouble.empty();
    samples.add(
        Sample.of(seconds, outcomes.total(), Footprint.of(service.process()), live, page()));
  }

  private MetricsPage page() {
    return MetricsPage.parse(get(surface.reserved(HttpMethod.GET, "/metrics")));
  }

  private String get(RequestOptions request) {
    return Waiting.on(
        client
            .request(request)
            .compose(HttpClientRequest::send)
            .compose(response -> response.body().map(Buffer::toString)));
  }

  /** Ends all load and all targets. */
  void quieten() throws Exception {
    goodTargetsDown = goodTargetsDown(page());
    crowds.forEach(HostileCrowd::close);
    pace.stop();
    await().atMost(PATIENCE).until(() -> pace.underWay.get() == 0);
    Waiting.on(load.close());
    reloads.leaveNone();
  }

  /** Whether it holds no more than before it had any load. */
  boolean isAsBefore() throws IOException {
    MetricsPage page = page();
    return page.sum("echosounder_probes_in_flight") == 0
        && page.all("probe_attempts_total").isEmpty()
        && Footprint.of(service.process()).descriptors() <= before.descriptors() + FEW;
  }

  /** Has the collector find what was lost, and Netty look at what it found. */
  void provokeLeakReports() throws IOException {
    for (int round = 0; round < 3; round++) {
      LiveHeap.bytes(service.process());
      for (int i = 0; i < 100; i++) {
        get(surface.echo(HttpMethod.GET, "/after/" + i));
      }
    }
  }

  /** Stops it; its exit code. */
  int stop() {
    service.sigterm();
    return service.exitCode();
  }

  /** What it said on either output and nobody expects. */
  List<String> unexpected() throws IOException {
    return LogLines.unexpected(
        Stream.concat(service.stdout().stream(), service.stderr().stream()).toList());
  }

  Footprint now() throws IOException {
    return Footprint.of(service.process());
  }

  long hostileDeeds() {
    return crowds.stream().mapToLong(HostileCrowd::deeds).sum();
  }

  private static List<String> goodTargetsDown(MetricsPage page) {
    return page.all("probe_attempts_total").stream()
        .filter(sample -> sample.label("name").startsWith("good"))
        .filter(sample -> !sample.label("reason").equals("ok"))
        .map(sample -> sample.labels() + " " + sample.value())
        .toList();
  }

  @Override
  public void close() {
    reloads.close();
    crowds.forEach(HostileCrowd::close);
    service.close();
    Waiting.on(Future.all(load.close(), control.close()));
  }
}
