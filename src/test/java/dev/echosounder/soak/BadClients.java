package dev.echosounder.soak;

import dev.echosounder.hostile.Pipelined;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Clients that leave in the middle, reset, drip, or do not read what they asked for. */
final class BadClients {

  private static final int MOST_OPEN = 200;

  private final Pace pace;
  private final Vertx vertx;
  private final Surface surface;
  private final NetClient leaving;
  private final NetClient resetting;
  private final AtomicInteger open = new AtomicInteger();

  private BadClients(Pace pace, Surface surface) {
    this.pace = pace;
    this.vertx = pace.vertx;
    this.surface = surface;
    this.leaving = vertx.createNetClient(surface.sockets());
    this.resetting = vertx.createNetClient(surface.sockets().setSoLinger(0));
  }

  /**
   * Begins.
   *
   * @param silent the URL of a target that never answers
   */
  static void start(Pace pace, Surface surface, String silent) {
    BadClients bad = new BadClients(pace, surface);
    String login = surface.authorization().map(a -> "Authorization: " + a + "\r\n").orElse("");
    List<String> asks =
        List.of(
            "GET /probe?debug=true&target=" + silent,
            "GET /probe?target=" + silent,
            "GET /metrics",
            "GET /queryurl?name=good0",
            "GET /config");
    pace.every(
        200, () -> bad.leave(surface.management(), any(asks) + " HTTP/1.1\r\nHost: a\r\n" + login));
    pace.every(200, () -> bad.leave(surface.port(), any(UPLOADS)));
    pace.every(500, () -> bad.abandon());
    pace.every(1_000, () -> bad.drip());
    pace.every(1_000, () -> bad.pipeline(login));
    bad.resetStreams();
  }

  private static final List<String> UPLOADS =
      List.of(
          "GET /left?delay=2s HTTP/1.1\r\nHost: a\r\n",
          "POST /left HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n",
          "POST /left HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n",
          "POST /left HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n",
          "POST /left HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nExpect: 100-continue\r\n");

  private static String any(List<String> texts) {
    return texts.get(ThreadLocalRandom.current().nextInt(texts.size()));
  }

  private void open(NetClient client, int port, Consumer<NetSocket> deed) {
    if (open.get() >= MOST_OPEN) {
      return;
    }
    open.incrementAndGet();
    client
        .connect(port, Surface.HOST)
        .onFailure(refused -> open.decrementAndGet())
        .onSuccess(
            socket -> {
              socket.exceptionHandler(reset -> {});
              socket.closeHandler(closed -> open.decrementAndGet());
              deed.accept(socket);
            });
  }

  /** Asks, and is gone soon after. */
  private void leave(int port, String request) {
    NetClient client = ThreadLocalRandom.current().nextBoolean() ? leaving : resetting;
    open(
        client,
        port,
        socket -> {
          socket.write(request + "\r\n" + "x".repeat(ThreadLocalRandom.current().nextInt(5_000)));
          vertx.setTimer(ThreadLocalRandom.current().nextLong(1, 500), soon -> socket.close());
        });
  }

  /** Requests that wait behind another, of which the client does not want to hear. */
  private void abandon() {
    open(
        ThreadLocalRandom.current().nextBoolean() ? leaving : resetting,
        surface.port(),
        socket -> {
          socket.write(Buffer.buffer(any(Pipelined.TABLE), "ISO-8859-1"));
          vertx.setTimer(ThreadLocalRandom.current().nextLong(1, 2_000), soon -> socket.close());
        });
  }

  /** Sends a head a byte at a time, until it is cut off. */
  private void drip() {
    open(
        leaving,
        surface.port(),
        socket -> {
          socket.write("GET /drip HTTP/1.1\r\nX-A: ");
          long timer = vertx.setPeriodic(500, tick -> socket.write("a"));
          socket.closeHandler(
              closed -> {
                open.decrementAndGet();
                vertx.cancelTimer(timer);
              });
        });
  }

  /** Asks for many pages at once and reads none, until it is cut off or has had enough. */
  private void pipeline(String login) {
    open(
        resetting,
        surface.management(),
        socket -> {
          socket.pause();
          // What came to a paused socket is released only when it goes on.
          socket.closeHandler(
              closed -> {
                open.decrementAndGet();
                socket.resume();
              });
          socket.write(("GET /metrics HTTP/1.1\r\nHost: a\r\n" + login + "\r\n").repeat(10));
          vertx.setTimer(20_000, late -> socket.close());
        });
  }

  private void resetStreams() {
    HttpClient client = vertx.createHttpClient(surface.client(HttpVersion.HTTP_2));
    pace.every(
        250,
        () ->
            client
                .request(surface.echo(HttpMethod.POST, "/reset?delay=1s"))
                .onSuccess(this::resetSoon));
  }

  private void resetSoon(HttpClientRequest request) {
    request.exceptionHandler(reset -> {}).setChunked(true);
    request.write(Buffer.buffer("x".repeat(50_000)));
    vertx.setTimer(ThreadLocalRandom.current().nextLong(1, 100), soon -> request.reset());
  }
}
