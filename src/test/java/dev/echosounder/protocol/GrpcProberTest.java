package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.GrpcOptions;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcProberTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String SERVING = "0000000002" + "0801";

  private final Vertx vertx = Vertx.vertx();
  private final HealthStatusManager health = new HealthStatusManager();
  private final List<Metadata> metadata = new CopyOnWriteArrayList<>();
  private Optional<Server> server = Optional.empty();
  private Probing probing;

  @BeforeEach
  void start() throws Exception {
    probing = new Probing(vertx, Optional.empty());
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server.isPresent()) {
      server.get().shutdownNow().awaitTermination();
    }
    Waiting.on(vertx.close());
  }

  private static GrpcOptions options(String service, boolean secure) {
    return new GrpcOptions(IpChoice.DEFAULT, service, secure, TlsOptions.DEFAULT, Map.of());
  }

  private static GrpcOptions options(String service) {
    return options(service, false);
  }

  private String grpc(ServerCredentials credentials) throws Exception {
    server =
        Optional.of(
            NettyServerBuilder.forAddress(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
                .addService(health.getHealthService())
                .intercept(new Recorder())
                .build()
                .start());
    return "127.0.0.1:" + server.get().getPort();
  }

  private String grpc() throws Exception {
    return grpc(InsecureServerCredentials.create());
  }

  private static ServerCredentials tls(Identity identity) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(identity.pkcs12()), Identity.PASSWORD.toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, Identity.PASSWORD.toCharArray());
    return TlsServerCredentials.newBuilder().keyManager(keys.getKeyManagers()).build();
  }

  private static String sent(Metadata headers, String name) {
    return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
  }

  @Test
  void a_server_that_serves_is_up_with_its_phases_and_measures() throws Exception {
    ProbeResult result = probing.probe(grpc(), options(""));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.PROCESSING);
    assertThat(result.measures())
        .containsEntry(Measure.IP_PROTOCOL, 4.0)
        .containsEntry(Measure.GRPC_SSL, 0.0)
        .containsEntry(Measure.GRPC_STATUS_CODE, 0.0)
        .containsEntry(Measure.GRPC_HEALTH_SERVING, 1.0)
        .containsEntry(Measure.GRPC_HEALTH_NOT_SERVING, 0.0)
        .containsEntry(Measure.GRPC_HEALTH_UNKNOWN, 0.0)
        .containsEntry(Measure.GRPC_HEALTH_SERVICE_UNKNOWN, 0.0);
  }

  @Test
  void a_server_is_probed_over_tls() throws Exception {
    Authority authority = new Authority();
    probing = new Probing(vertx, Optional.of(authority.trusted()));

    ProbeResult result = probing.probe(grpc(tls(authority.issue("127.0.0.1"))), options("", true));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.TLS, Phase.PROCESSING);
    assertThat(result.measures())
        .containsEntry(Measure.GRPC_SSL, 1.0)
        .containsKey(Measure.SSL_EARLIEST_CERT_EXPIRY);
  }

  @ParameterizedTest
  @CsvSource({"NOT_SERVING,GRPC_HEALTH_NOT_SERVING", "UNKNOWN,GRPC_HEALTH_UNKNOWN"})
  void a_service_that_does_not_serve_is_down(ServingStatus status, Measure measure)
      throws Exception {
    health.setStatus("shop", status);

    ProbeResult result = probing.probe(grpc(), options("shop"));

    assertThat(result.reason()).isEqualTo(Reason.STATUS);
    assertThat(result.measures())
        .containsEntry(measure, 1.0)
        .containsEntry(Measure.GRPC_HEALTH_SERVING, 0.0)
        .containsEntry(Measure.GRPC_STATUS_CODE, 0.0);
  }

  @Test
  void one_service_may_serve_where_another_does_not() throws Exception {
    health.setStatus("", ServingStatus.NOT_SERVING);
    health.setStatus("x".repeat(300), ServingStatus.SERVING);

    assertThat(probing.probe(grpc(), options("x".repeat(300))).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void a_service_that_is_not_known_is_down_with_the_grpc_status() throws Exception {
    ProbeResult result = probing.probe(grpc(), options("nobody"));

    assertThat(result.reason()).isEqualTo(Reason.STATUS);
    assertThat(result.measures())
        .containsEntry(Measure.GRPC_STATUS_CODE, 5.0)
        .containsEntry(Measure.GRPC_HEALTH_SERVING, 0.0)
        .containsEntry(Measure.GRPC_HEALTH_SERVICE_UNKNOWN, 0.0);
  }

  @Test
  void metadata_of_the_module_and_of_the_target_is_sent() throws Exception {
    GrpcOptions options =
        new GrpcOptions(
            IpChoice.DEFAULT,
            "",
            false,
            TlsOptions.DEFAULT,
            Map.of(
                "Authorization", List.of(new Secret("Bearer module")),
                "x-many", List.of(new Secret("one"), new Secret("two")),
                "data-bin", List.of(new Secret("\0\1")),
                "TE", List.of(new Secret("gzip"))));
    Map<String, Secret> headers = Map.of("authorization", new Secret("Bearer target"));

    ProbeResult result =
        probing.probe(Probing.target(grpc(), options, Probing.LONG, headers), AddressFilter.ANY);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    Metadata received = metadata.get(0);
    assertThat(sent(received, "authorization")).isEqualTo("Bearer target");
    assertThat(received.getAll(Metadata.Key.of("x-many", Metadata.ASCII_STRING_MARSHALLER)))
        .containsExactly("one", "two");
    assertThat(received.get(Metadata.Key.of("data-bin", Metadata.BINARY_BYTE_MARSHALLER)))
        .containsExactly(0, 1);
    assertThat(sent(received, "user-agent")).isEqualTo("echosounder/test");
    assertThat(
            received.containsKey(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER)))
        .isTrue();
  }

  @Test
  void a_refused_connection_is_refused_and_has_no_grpc_status() throws Exception {
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = socket.getLocalPort();
    }

    ProbeResult result = probing.probe("127.0.0.1:" + unused, options(""));

    assertThat(result.reason()).isEqualTo(Reason.REFUSED);
    assertThat(result.measures()).doesNotContainKey(Measure.GRPC_STATUS_CODE);
  }

  @Test
  void a_url_names_the_place_as_well() throws Exception {
    assertThat(probing.probe("http://" + grpc() + "/", options("")).reason()).isEqualTo(Reason.OK);
  }

  /** An answer of HTTP/2 that a script makes. */
  private String scripted(Handler<HttpServerRequest> script) {
    HttpServer scripted =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.endHandler(end -> script.handle(request)));
    return "127.0.0.1:" + Waiting.on(scripted.listen(0, "127.0.0.1")).actualPort();
  }

  private static HttpServerResponse grpcAnswer(HttpServerResponse response) {
    return response.putHeader("content-type", "application/grpc+proto");
  }

  private static Buffer hex(String bytes) {
    return Buffer.buffer(HexFormat.of().parseHex(bytes));
  }

  private Reason reasonOf(Handler<HttpServerResponse> script) {
    return probing
        .probe(scripted(request -> script.handle(request.response())), options(""))
        .reason();
  }

  @ParameterizedTest
  @CsvSource({
    SERVING + ",OK",
    // The whole prefix, and nothing but a status of 0, which is not sent.
    "0000000000,STATUS",
    // Other fields of every wire type around the status.
    "0000000017" + "1001" + "0801" + "190000000000000000" + "2203616263" + "2500000000" + ",OK",
    // SERVICE_UNKNOWN, and a number that there is not.
    "00000000020803,STATUS",
    "00000000020809,STATUS",
    // Compressed, too short, too long, half a varint, half a field, a wire type that there is not.
    "01000000020801,PROTOCOL",
    "000000000208,PROTOCOL",
    "0000000002080100,PROTOCOL",
    "00000000020880,PROTOCOL",
    "0000000003120561,PROTOCOL",
    "00000000010b,PROTOCOL",
    "'',PROTOCOL"
  })
  void a_message_is_read_to_the_byte(String bytes, Reason reason) {
    assertThat(
            reasonOf(
                response -> grpcAnswer(response).putTrailer("grpc-status", "0").end(hex(bytes))))
        .isEqualTo(reason);
  }

  @Test
  void a_status_may_come_in_the_only_headers() {
    assertThat(reasonOf(response -> grpcAnswer(response).putHeader("grpc-status", "12").end()))
        .isEqualTo(Reason.STATUS);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 502})
  void another_http_status_is_a_failure_of_the_protocol(int status) {
    assertThat(
            reasonOf(
                response ->
                    grpcAnswer(response).setStatusCode(status).putHeader("grpc-status", "0").end()))
        .isEqualTo(Reason.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/grpcx"})
  void another_content_type_is_a_failure_of_the_protocol(String type) {
    assertThat(reasonOf(response -> response.putHeader("content-type", type).end(hex(SERVING))))
        .isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void an_answer_without_a_grpc_status_is_a_failure_of_the_protocol() {
    assertThat(reasonOf(response -> grpcAnswer(response).end(hex(SERVING))))
        .isEqualTo(Reason.PROTOCOL);
    assertThat(reasonOf(response -> grpcAnswer(response).putTrailer("x", "y").end(hex(SERVING))))
        .isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void an_answer_without_end_is_too_much_at_four_kibibytes() {
    assertThat(
            reasonOf(
                response -> {
                  grpcAnswer(response).write(Buffer.buffer("x".repeat(10_000)));
                }))
        .isEqualTo(Reason.BODY_LIMIT);
  }

  @Test
  void a_stream_that_is_reset_is_a_reset() {
    assertThat(reasonOf(response -> response.reset(2))).isEqualTo(Reason.RESET);
  }

  @Test
  void an_end_in_the_middle_of_the_answer_is_a_reset() {
    ProbeResult result =
        probing.probe(
            scripted(
                request ->
                    grpcAnswer(request.response())
                        .write(hex(SERVING))
                        .onComplete(sent -> request.connection().close())),
            options(""));

    assertThat(result.reason()).isEqualTo(Reason.RESET);
    assertThat(result.measures()).doesNotContainKey(Measure.GRPC_STATUS_CODE);
  }

  @Test
  void silence_is_a_timeout() {
    ProbeResult result = probing.probe(scripted(response -> {}), options(""), SHORT);

    assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.PROCESSING);
  }

  @Test
  void what_is_not_http_2_is_a_failure_of_the_protocol() {
    try (ScriptedTarget other = ScriptedTarget.http(vertx)) {
      other.on("*", ScriptedTarget.answer(400, "no"));

      assertThat(probing.probe("127.0.0.1:" + other.port(), options("")).reason())
          .isEqualTo(Reason.PROTOCOL);
      await().untilAsserted(() -> assertThat(other.open()).isZero());
    }
  }

  @Test
  void a_server_that_does_not_choose_http_2_is_a_failure_of_the_protocol() throws Exception {
    Authority authority = new Authority();
    probing = new Probing(vertx, Optional.of(authority.trusted()));
    try (ScriptedTarget other = ScriptedTarget.https(vertx, authority.issue("127.0.0.1"))) {
      assertThat(probing.probe("127.0.0.1:" + other.port(), options("", true)).reason())
          .isEqualTo(Reason.PROTOCOL);
      await().untilAsserted(() -> assertThat(other.open()).isZero());
    }
  }

  private final class Recorder implements ServerInterceptor {

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
      metadata.add(headers);
      return next.startCall(call, headers);
    }
  }
}
