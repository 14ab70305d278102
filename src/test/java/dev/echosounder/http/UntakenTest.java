package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UntakenTest {

  /** More than all that waits in the buffers of two sockets. */
  private static final Buffer PAGE = Buffer.buffer(new byte[20 << 20]);

  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final Untaken untaken = new Untaken(PAGE.length() * 3L / 2);
  private final HttpServer server =
      Waiting.on(
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> untaken.send(request, PAGE.length(), () -> Answer.body(request, PAGE)))
              .listen(0, "127.0.0.1"));

  @AfterEach
  void close() {
    Waiting.on(vertx.close());
  }

  @Test
  void one_too_many_is_told_to_come_later_until_one_is_taken_or_its_client_is_gone()
      throws IOException {
    try (RawHttp other = new RawHttp(server.actualPort())) {
      try (RawHttp reading = new RawHttp(server.actualPort())) {
        assertThat(reading.send(GET).head()).startsWith("HTTP/1.1 200");
        assertThat(other.send(GET).head()).startsWith("HTTP/1.1 503").contains("retry-after: 1");
      }
      await().until(this::isAnswered);
    }
  }

  private boolean isAnswered() throws IOException {
    try (RawHttp next = new RawHttp(server.actualPort())) {
      return next.send(GET).head().startsWith("HTTP/1.1 200");
    }
  }
}
