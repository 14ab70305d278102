package dev.echosounder.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand each of every kind of slow client, and one good client among them. */
@Tag("acceptance")
class SlowCrowdTest {

  private static final int EACH = 1000;

  /** Each of them fills the buffers of two sockets. */
  private static final int READERS = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int GOOD_REQUESTS = 2000;
  private static final String HOST = " HTTP/1.1\r\nHost: a\r\n";

  @TempDir private Path directory;

  @Test
  void slow_clients_do_not_touch_a_good_one_and_are_cut() throws IOException {
    try (RunningService service = start("header_timeout: 10s, request_timeout: 10s", "")) {
      List<Long> before = good(service.port());
      try (Crowd slowHeaders = new Crowd(service.port(), EACH);
          Crowd slowBodies = new Crowd(service.port(), EACH);
          Crowd slowReaders = new Crowd(service.port(), READERS)) {
        slowHeaders.send("GET /" + HOST).drip("X: y\r\n", 1000);
        slowBodies.send("POST /" + HOST + "Content-Length: 1000\r\n\r\n").drip("x", 1000);
        slowReaders.deaf().send(("GET /" + "x".repeat(3000) + HOST + "\r\n").repeat(30), 100);

        List<Long> during = good(service.port());
        ProcessFigures figures = ProcessFigures.of(service.process());
        await().atMost(PATIENCE).until(() -> slowHeaders.ended() == EACH);
        await().atMost(PATIENCE).until(() -> slowBodies.ended() == EACH);
        await().atMost(PATIENCE).until(() -> descriptors(service) < READERS);
        System.out.printf(
            "%d slow clients of two kinds, %d of the third: a good one is answered in %s before and %s among them;"
                + " service: %s%n",
            EACH, READERS, shown(before), shown(during), figures);

        assertThat(slowHeaders.answers()).as("a slow header is cut").isZero();
        assertThat(slowBodies.refusals()).as("a slow body is answered with 408").isEqualTo(EACH);
        assertThat(service.get("/healthcheck").statusCode()).isEqualTo(200);
      }
    }
  }

  /** Microseconds for each request, every tenth of which on a new connection. */
  private static List<Long> good(int port) throws IOException {
    List<Long> micros = new ArrayList<>();
    RawHttp client = new RawHttp(port);
    for (int i = 0; i < GOOD_REQUESTS; i++) {
      long begin = System.nanoTime();
      if (i % 10 == 0) {
        client.close();
        client = new RawHttp(port);
      }
      String head = client.send("HEAD /good" + HOST + "\r\n").head();
      assertThat(head).startsWith("HTTP/1.1 200 OK");
      micros.add((System.nanoTime() - begin) / 1000);
    }
    client.close();
    Collections.sort(micros);
    return micros;
  }

  private static String shown(List<Long> sorted) {
    return "p50 %d us, p99 %d us, at most %d us"
        .formatted(
            sorted.get(sorted.size() / 2),
            sorted.get(sorted.size() * 99 / 100),
            sorted.get(sorted.size() - 1));
  }

  private static int descriptors(RunningService service) {
    String[] open = Path.of("/proc/" + service.process().pid() + "/fd").toFile().list();
    return open == null ? 0 : open.length;
  }

  @Test
  void bodies_without_end_cost_no_heap() throws IOException {
    String chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
    try (RunningService service = start("max_body: 1GiB", "-Xmx64m")) {
      long before = LiveHeap.bytes(service.process());
      IntStream.range(0, 8).parallel().forEach(i -> upload(service.port(), chunk));
      long after = LiveHeap.bytes(service.process());
      System.out.printf(
          "8 bodies of 256 MiB and a heap of 64 MiB: %d KiB live before, %d KiB after; %s%n",
          before >> 10, after >> 10, ProcessFigures.of(service.process()));

      assertThat(after - before).isLessThan(8L << 20);
    }
  }

  private static void upload(int port, String chunk) {
    try (RawHttp client = new RawHttp(port)) {
      client.send("POST /" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 256; i++) {
        client.send(chunk);
      }
      assertThat(client.send("0\r\n\r\n").head()).startsWith("HTTP/1.1 200 OK");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private RunningService start(String http, String options) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("echosounder.yaml"),
            "http: {host: 127.0.0.1, port: 0, %s}\nmanagement: {port: 0}\n".formatted(http));
    RunningService service =
        RunningService.run(
            directory, Map.of("JAVA_TOOL_OPTIONS", options), "--config", file.toString());
    service.awaitStart();
    return service;
  }
}
