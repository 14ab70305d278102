package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.HttpOptions.Checks;
import dev.echosounder.settings.HttpOptions.TlsUse;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.StatusCodes;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http2Test {

  private static final Duration SHORT = Duration.ofMillis(500);
  private static final String SETTINGS = "000000040000000000";

  private static Authority authority;
  private static Identity identity;

  private final Vertx vertx = Vertx.vertx();
  private final List<HttpServerRequest> requests = new CopyOnWriteArrayList<>();
  private Probing probing;

  @BeforeAll
  static void issue() throws Exception {
    authority = new Authority();
    identity = authority.issue("127.0.0.1", "virtual.example");
  }

  @BeforeEach
  void start() throws Exception {
    probing = new Probing(vertx, Optional.of(authority.trusted()));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private static PfxOptions pfx() {
    return new PfxOptions()
        .setValue(Buffer.buffer(identity.pkcs12()))
        .setPassword(Identity.PASSWORD);
  }

  private String serve(List<HttpVersion> versions, Handler<HttpServerRequest> handler) {
    HttpServer server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(versions)
                .setKeyCertOptions(pfx()));
    server.requestHandler(
        request -> {
          requests.add(request);
          handler.handle(request);
        });
    return "https://127.0.0.1:" + Waiting.on(server.listen(0, "127.0.0.1")).actualPort() + "/";
  }

  private String serve(Handler<HttpServerRequest> handler) {
    return serve(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1), handler);
  }

  /** A server that chooses h2 and then does as it likes. */
  private String serveFrames(Handler<NetSocket> handler) {
    NetServerOptions options =
        new NetServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(pfx());
    options.getSslOptions().setApplicationLayerProtocols(List.of("h2"));
    NetServer server = vertx.createNetServer(options);
    server.connectHandler(
        socket -> {
          socket.exceptionHandler(failure -> {});
          handler.handle(socket);
        });
    return "https://127.0.0.1:" + Waiting.on(server.listen(0, "127.0.0.1")).actualPort() + "/";
  }

  private static Buffer frames(String... hex) {
    return Buffer.buffer(HexFormat.of().parseHex(String.join("", hex)));
  }

  private static HttpOptions with(Set<String> versions, List<Pattern> body) {
    return HttpOptions.DEFAULT.with(
        new Checks(
            StatusCodes.SUCCESSFUL,
            versions,
            TlsUse.REQUIRED,
            List.of(),
            body,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of()));
  }

  @Test
  void http_2_is_spoken_where_the_server_chooses_it() {
    String url = serve(request -> request.response().putHeader("content-length", "5").end("hello"));

    ProbeResult result =
        probing.probe(url, with(Set.of("HTTP/2.0"), List.of(Pattern.compile("^hello$"))));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.statusCode()).hasValue(200);
    assertThat(result.phases())
        .containsOnlyKeys(Phase.CONNECT, Phase.TLS, Phase.PROCESSING, Phase.TRANSFER);
    assertThat(result.measures())
        .containsEntry(Measure.HTTP_VERSION, 2.0)
        .containsEntry(Measure.HTTP_CONTENT_LENGTH, 5.0)
        .containsEntry(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, 5.0)
        .containsEntry(Measure.HTTP_SSL, 1.0);
  }

  @Test
  void http_1_is_spoken_where_the_server_or_the_module_wants_it() {
    String onlyOld = serve(List.of(HttpVersion.HTTP_1_1), request -> request.response().end());
    String both = serve(request -> request.response().end());
    HttpOptions.Client client = HttpOptions.Client.DEFAULT;
    HttpOptions withoutHttp2 =
        HttpOptions.DEFAULT.with(
            new HttpOptions.Client(
                client.ip(),
                client.tls(),
                false,
                client.credentials(),
                client.oauth2(),
                client.proxy(),
                false));

    assertThat(probing.probe(onlyOld).measures()).containsEntry(Measure.HTTP_VERSION, 1.1);
    assertThat(probing.probe(both, withoutHttp2).measures())
        .containsEntry(Measure.HTTP_VERSION, 1.1);
  }

  @Test
  void a_version_that_is_not_accepted_is_an_assertion() {
    String url = serve(request -> request.response().end());

    assertThat(probing.probe(url, with(Set.of("HTTP/1.1"), List.of())).reason())
        .isEqualTo(Reason.ASSERTION);
  }

  @Test
  void the_request_has_its_headers_and_none_of_a_connection() {
    String url = serve(request -> request.response().end());
    Map<String, Secret> headers =
        Map.of("X-A", new Secret("1"), "Host", new Secret("virtual.example:81"));

    probing.probe(
        Probing.target(url + "a?b=c", HttpOptions.DEFAULT, Probing.LONG, headers),
        AddressFilter.ANY);

    HttpServerRequest request = requests.get(0);
    assertThat(request.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(request.uri()).isEqualTo("/a?b=c");
    assertThat(request.scheme()).isEqualTo("https");
    assertThat(request.authority()).hasToString("virtual.example:81");
    assertThat(request.getHeader("x-a")).isEqualTo("1");
    assertThat(request.headers().names())
        .doesNotContain("connection", "transfer-encoding", "proxy-connection", "upgrade");
  }

  @Test
  void a_body_is_sent() {
    String url =
        serve(
            request ->
                request
                    .body()
                    .onSuccess(body -> request.response().end("got " + body.toString("UTF-8"))));
    HttpOptions post =
        with(Set.of(), List.of(Pattern.compile("^got payload$")))
            .with(
                new HttpOptions.Request(
                    "POST", Map.of(), Optional.of(new Secret("payload")), true));

    assertThat(probing.probe(url, post).reason()).isEqualTo(Reason.OK);
  }

  @Test
  void a_redirect_is_followed_on_a_new_connection() {
    String url =
        serve(
            request -> {
              if (request.path().equals("/")) {
                request.response().setStatusCode(302).putHeader("location", "/next").end();
              } else {
                request.response().end();
              }
            });

    ProbeResult result = probing.probe(url);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures()).containsEntry(Measure.HTTP_REDIRECTS, 1.0);
    assertThat(requests.get(0).connection()).isNotSameAs(requests.get(1).connection());
  }

  @Test
  void interim_answers_are_skipped() {
    String url =
        serve(
            request ->
                request
                    .response()
                    .writeEarlyHints(MultiMap.caseInsensitiveMultiMap().add("a", "b"))
                    .onSuccess(written -> request.response().setStatusCode(204).end()));

    assertThat(probing.probe(url).statusCode()).hasValue(204);
  }

  @Test
  void trailers_end_an_answer() {
    String url =
        serve(
            request -> {
              request.response().write("hello");
              request.response().putTrailer("x-t", "1").end();
            });

    assertThat(probing.probe(url, with(Set.of(), List.of(Pattern.compile("^hello$")))).reason())
        .isEqualTo(Reason.OK);
  }

  @Test
  void a_stream_or_connection_that_is_reset_is_reset() {
    assertThat(probing.probe(serve(request -> request.response().reset(2))).reason())
        .isEqualTo(Reason.RESET);
    assertThat(probing.probe(serve(request -> request.connection().close())).reason())
        .isEqualTo(Reason.RESET);
    assertThat(
            probing.probe(serve(request -> request.connection().goAway(0, 0).shutdown())).reason())
        .isEqualTo(Reason.RESET);
  }

  @Test
  void an_answer_that_breaks_off_is_reset_and_its_status_known() {
    String url =
        serve(
            request -> {
              request.response().setChunked(true).write("hello");
              vertx.setTimer(50, later -> request.response().reset(2));
            });

    ProbeResult result = probing.probe(url);

    assertThat(result.reason()).isEqualTo(Reason.RESET);
    assertThat(result.statusCode()).hasValue(200);
  }

  @Test
  void what_is_not_http_2_after_all_is_protocol() {
    String url = serveFrames(socket -> socket.write("HTTP/1.1 400 Bad Request\r\n\r\n"));

    assertThat(probing.probe(url).reason()).isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void an_answer_without_a_status_is_protocol() {
    // HEADERS of stream 3, the first one of Netty, with nothing but "accept-encoding: gzip,
    // deflate", and no END_STREAM.
    String url =
        serveFrames(
            socket ->
                socket.handler(any -> socket.write(frames(SETTINGS, "00000101040000000390"))));

    assertThat(probing.probe(url).reason()).isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void headers_without_bound_are_protocol() {
    String url =
        serve(request -> request.response().putHeader("x-large", "x".repeat(100_000)).end());

    assertThat(probing.probe(url).reason()).isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void a_flood_of_settings_ends_the_probe() {
    Buffer many = frames(SETTINGS.repeat(500));
    String url = serveFrames(socket -> vertx.setPeriodic(1, tick -> socket.write(many)));

    ProbeResult result =
        probing.probe(
            Probing.target(url, HttpOptions.DEFAULT, Duration.ofSeconds(2), Map.of()),
            AddressFilter.ANY);

    assertThat(result.reason()).isIn(Reason.PROTOCOL, Reason.RESET, Reason.TIMEOUT);
  }

  @Test
  void a_server_that_says_nothing_is_a_timeout() {
    String silent = serveFrames(socket -> {});

    ProbeResult result = probing.probe(silent, SHORT);

    assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(result.phases()).containsOnlyKeys(Phase.CONNECT, Phase.TLS, Phase.PROCESSING);
  }

  @Test
  void an_endless_body_ends_at_its_limit() {
    String url =
        serve(
            request -> {
              request.response().setChunked(true);
              endless(request);
            });
    HttpOptions limited =
        HttpOptions.DEFAULT.with(
            new HttpOptions.ResponseBody(Optional.empty(), OptionalLong.of(1_000_000), 0));

    assertThat(probing.probe(url, limited).reason()).isEqualTo(Reason.BODY_LIMIT);
  }

  private void endless(HttpServerRequest request) {
    request
        .response()
        .write("x".repeat(16_000))
        .onSuccess(written -> vertx.runOnContext(next -> endless(request)));
  }
}
