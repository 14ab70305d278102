package dev.echosounder.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.echosounder.http.RunningHttp;
import dev.echosounder.settings.ServerTls;
import dev.echosounder.settings.ServerTls.Clients;
import dev.echosounder.settings.TlsOptions.Version;
import dev.echosounder.settings.Web;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.HttpsClient;
import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.RawHttp2;
import dev.echosounder.testing.TestSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of TLS that are too many. */
class TlsBeyondTheLimitTest {

  private static final int MOST = 2;
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  /** The head of a record that announces a ClientHello of 512 bytes (RFC 8446 section 5.1). */
  private static final String BEGUN = "\26\3\1\2\0\1\0";

  private static final Duration LONG = Duration.ofSeconds(20);

  private final HttpsClient tls;
  private final ServerTls server;
  private RunningHttp http;
  private final List<RawHttp> open = new ArrayList<>();

  TlsBeyondTheLimitTest() throws Exception {
    Authority authority = new Authority();
    tls = HttpsClient.of(authority);
    server =
        new ServerTls(
            authority.issue("127.0.0.1").forClient(),
            Clients.ANYBODY,
            Version.TLS12,
            Version.TLS13,
            List.of(),
            true,
            List.of());
  }

  /** Runs it with all places taken, one by the client that is returned. */
  private RawHttp full(Duration headerTimeout) throws Exception {
    http =
        new RunningHttp(
            new TestSettings()
                .maxConnections(MOST)
                .headerTimeout(headerTimeout)
                .web(new Web(Optional.of(server), true, Map.of(), Map.of(), Optional.empty()))
                .build());
    for (int i = 0; i < MOST; i++) {
      assertAnswered(shakenHands());
    }
    return open.get(0);
  }

  @AfterEach
  void stop() throws IOException {
    leave();
    http.close();
  }

  private void leave() throws IOException {
    for (RawHttp client : open) {
      client.close();
    }
    open.clear();
  }

  private RawHttp silent() throws IOException {
    RawHttp client = new RawHttp(http.port());
    open.add(client);
    return client;
  }

  private RawHttp shakenHands() throws Exception {
    RawHttp client = new RawHttp(tls.connect(http.port(), "http/1.1"));
    open.add(client);
    return client;
  }

  private static void assertAnswered(RawHttp client) throws IOException {
    assertThat(client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").head())
        .startsWith("HTTP/1.1 200 OK");
  }

  private boolean hears503() throws Exception {
    try {
      return shakenHands().send(GET).head().startsWith("HTTP/1.1 503");
    } catch (IOException closed) {
      return false;
    }
  }

  private long refused() {
    return http.refused().getOrDefault("connections", 0L);
  }

  /** As many as there may be are answered again. */
  private void assertNothingIsHeld() {
    await()
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              leave();
              for (int i = 0; i < MOST; i++) {
                assertAnswered(shakenHands());
              }
            });
  }

  @Test
  void one_too_many_hears_it_once_its_handshake_is_done() throws Exception {
    RawHttp good = full(LONG);

    assertThat(shakenHands().send(GET).readAll())
        .startsWith("HTTP/1.1 503 Service Unavailable")
        .endsWith("{\"error\":\"too_many_connections\",\"message\":\"no connection is free\"}");
    try (RawHttp2 client = new RawHttp2(tls.connect(http.port(), "h2"))) {
      assertThat(client.greet().get(1, "/").untilClosed())
          .contains("goaway ENHANCE_YOUR_CALM")
          .doesNotContain("1 status 200");
    }

    assertThat(refused()).isEqualTo(2);
    assertAnswered(good);
    assertNothingIsHeld();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", BEGUN})
  void one_too_many_whose_handshake_never_ends_is_closed(String begun) throws Exception {
    RawHttp good = full(Duration.ofSeconds(5));
    for (int i = 0; i < 10; i++) {
      silent().send(begun);
    }

    assertAnswered(good);
    for (RawHttp client : open.subList(MOST, open.size())) {
      assertThat(client.readAll()).doesNotContain("HTTP/1.1");
    }
    assertThat(refused()).isEqualTo(10);
    assertNothingIsHeld();
  }

  @Test
  void where_too_many_wait_to_hear_it_the_next_is_closed_before_its_handshake() throws Exception {
    RawHttp good = full(LONG);
    for (int i = 0; i < OpenConnections.MOST_HEARD; i++) {
      silent();
    }

    assertThatThrownBy(this::shakenHands).isInstanceOf(IOException.class);
    assertAnswered(good);
    assertThat(refused()).isEqualTo(OpenConnections.MOST_HEARD + 1);
    open.get(open.size() - 1).close();
    await().until(() -> hears503());
    assertNothingIsHeld();
  }
}
