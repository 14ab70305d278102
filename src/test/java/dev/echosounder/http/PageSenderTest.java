package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Page;
import dev.echosounder.settings.ServerTls;
import dev.echosounder.settings.ServerTls.Clients;
import dev.echosounder.settings.TlsOptions.Version;
import dev.echosounder.settings.Web;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.RawHttp2;
import dev.echosounder.testing.TestPage;
import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page is whole or cut, and whatever becomes of it, its memory is given back. */
class PageSenderTest {

  private static final int PIECE = 1 << 16;

  /** More than all that waits in the buffers of two sockets. */
  private static final int LARGE = 64 << 20;

  private static final int INITIAL_WINDOW = 4;
  private static final String GET = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n";

  private final TestSettings settings =
      new TestSettings().h2c().requestTimeout(Duration.ofSeconds(3));
  private final List<Page> lent = new CopyOnWriteArrayList<>();
  private RunningHttp http;

  @AfterEach
  void close() {
    http.close();
  }

  private Buffer lend(int size) {
    byte[] bytes = bytes(size);
    lend(() -> TestPage.of("text/plain", bytes));
    return Buffer.buffer(bytes);
  }

  private void lend(Supplier<Page> pages) {
    http = new RunningHttp(settings.build());
    http.bus.lend(
        Address.SCRAPE,
        asked -> {
          Page page = pages.get();
          lent.add(page);
          return Future.succeededFuture(page);
        });
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private void allIsGivenBack() {
    await().until(() -> !lent.isEmpty() && lent.stream().allMatch(page -> page.refCnt() == 0));
    assertThat(lent.stream().flatMap(page -> page.pieces().stream()))
        .allMatch(piece -> piece.refCnt() == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_1_1, false",
    "HTTP_1_0, false",
    "HTTP_2, false",
    "HTTP_1_1, true",
    "HTTP_2, true",
  })
  void a_page_of_many_pieces_is_taken_whole(HttpVersion version, boolean tls) throws Exception {
    if (tls) {
      settings.web(web());
    }
    Buffer page = lend(9 * PIECE + 1);
    WebClient client = client(version, tls);

    HttpResponse<Buffer> answer = Waiting.on(request(client, HttpMethod.GET));
    HttpResponse<Buffer> head = Waiting.on(request(client, HttpMethod.HEAD));

    assertThat(answer.version()).isEqualTo(version);
    assertThat(answer.body()).isEqualTo(page);
    assertThat(answer.getHeader("Content-Length")).isEqualTo("" + page.length());
    assertThat(head.getHeader("Content-Length")).isEqualTo("" + page.length());
    assertThat(head.body()).isNull();
    allIsGivenBack();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PIECE, PIECE + 1, 2 * PIECE})
  void a_page_of_any_size_is_taken_whole(int size) {
    Buffer page = lend(size);
    WebClient client = client(HttpVersion.HTTP_1_1, false);

    for (int i = 0; i < 2; i++) {
      HttpResponse<Buffer> answer = Waiting.on(request(client, HttpMethod.GET));
      assertThat(answer.getHeader("Content-Length")).isEqualTo("" + size);
      assertThat(Optional.ofNullable(answer.body()).orElse(Buffer.buffer())).isEqualTo(page);
    }
    allIsGivenBack();
  }

  @Test
  void clients_that_have_the_same_page_do_not_disturb_each_other() {
    byte[] bytes = bytes(50 * PIECE);
    Page page = TestPage.of("text/plain", bytes);
    lend(
        () -> {
          page.retain();
          return page;
        });
    WebClient client = client(HttpVersion.HTTP_1_1, false);

    List<Future<HttpResponse<Buffer>>> answers =
        IntStream.range(0, 16).mapToObj(i -> request(client, HttpMethod.GET)).toList();

    assertThat(answers.stream().map(Waiting::on).map(HttpResponse::body))
        .hasSize(16)
        .allMatch(Buffer.buffer(bytes)::equals);
    await().until(() -> page.refCnt() == 1);
    page.release();
  }

  @Test
  void one_that_is_told_to_come_later_holds_no_page() throws IOException {
    lend(LARGE);
    Router router = Router.router(http.vertx);
    router
        .route()
        .handler(new MetricsHandler(http.bus, new Untaken(LARGE), Duration.ofSeconds(20)));
    HttpServer server =
        Waiting.on(http.vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    try (RawHttp first = new RawHttp(server.actualPort());
        RawHttp second = new RawHttp(server.actualPort())) {
      assertThat(first.send(GET).head()).startsWith("HTTP/1.1 200");
      assertThat(second.send(GET).head()).startsWith("HTTP/1.1 503").contains("retry-after: 1");
      await().until(() -> lent.get(1).refCnt() == 0);
      assertThat(lent.get(0).refCnt()).isPositive();
    }
    allIsGivenBack();
  }

  @Test
  void a_client_that_leaves_in_the_midst_of_it_leaves_nothing_behind() throws IOException {
    lend(LARGE);
    try (RawHttp client = new RawHttp(http.port())) {
      assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
      client.read(PIECE);
    }
    allIsGivenBack();
  }

  @Test
  void neither_does_a_stream_that_is_reset() throws IOException {
    lend(LARGE);
    try (RawHttp2 client = new RawHttp2(http.port())) {
      client.greet().get(1, "/metrics").until("1 status 200");
      client.frame(RawHttp2.RST_STREAM, 0, 1, RawHttp2.number(8));
      allIsGivenBack();
    }
  }

  @Test
  void one_that_takes_a_little_all_the_time_has_no_longer_than_any_other() throws IOException {
    lend(LARGE);
    try (RawHttp client = new RawHttp(http.port())) {
      client.send(GET).head();
      await().until(() -> isCutAfter(client, PIECE));
      allIsGivenBack();
    }
  }

  private static boolean isCutAfter(RawHttp client, int length) {
    try {
      return client.read(length).isEmpty();
    } catch (IOException cut) {
      return true;
    }
  }

  @Test
  void a_stream_whose_window_stays_shut_is_reset() throws IOException {
    lend(LARGE);
    try (RawHttp2 client = new RawHttp2(http.port())) {
      client.greet(INITIAL_WINDOW, 1).get(1, "/metrics");
      assertThat(client.until("1 reset ENHANCE_YOUR_CALM"))
          .contains("1 status 200", "1 reset ENHANCE_YOUR_CALM")
          .doesNotContain("closed");
      allIsGivenBack();
    }
  }

  private Future<HttpResponse<Buffer>> request(WebClient client, HttpMethod method) {
    return client.request(method, http.port(), "127.0.0.1", "/metrics").send();
  }

  private WebClient client(HttpVersion version, boolean tls) {
    return WebClient.create(
        http.vertx,
        new WebClientOptions()
            .setProtocolVersion(version)
            .setHttp2ClearTextUpgrade(false)
            .setSsl(tls)
            .setUseAlpn(tls)
            .setTrustAll(true)
            .setVerifyHost(false));
  }

  private static Web web() throws Exception {
    ServerTls tls =
        new ServerTls(
            new Authority().issue("127.0.0.1").forClient(),
            Clients.ANYBODY,
            Version.TLS12,
            Version.TLS13,
            List.of(),
            true,
            List.of());
    return new Web(Optional.of(tls), true, Map.of(), Map.of(), Optional.empty());
  }
}
