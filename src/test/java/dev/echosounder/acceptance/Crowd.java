package dev.echosounder.acceptance;

import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Many connections, on one event loop, that all do the same. */
final class Crowd implements AutoCloseable {

  private static final int CONNECT_MILLIS = 60_000;
  private static final int AT_ONCE = 200;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final NetClient client =
      vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
  private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  /** Opens so many connections, some hundreds at a time. */
  Crowd(int port, int count) {
    for (int opened = 0; opened < count; opened += AT_ONCE) {
      Waiting.on(
          Future.all(
              IntStream.range(opened, Math.min(count, opened + AT_ONCE))
                  .mapToObj(i -> client.connect(port, "127.0.0.1").onSuccess(this::connected))
                  .toList()));
    }
  }

  private void connected(NetSocket socket) {
    sockets.add(socket);
    socket.handler(this::received);
    socket.exceptionHandler(reset -> {});
    socket.closeHandler(closed -> ended.incrementAndGet());
  }

  /** The echo's JSON is the only thing with a brace at its end; any other answer is a refusal. */
  private void received(Buffer bytes) {
    String text = bytes.toString();
    answers.addAndGet((int) text.chars().filter(c -> c == '}').count());
    if (text.startsWith("HTTP/1.1 4") || text.startsWith("HTTP/1.1 5")) {
      refusals.incrementAndGet();
    }
  }

  /** Reads nothing any more. */
  Crowd deaf() {
    sockets.forEach(NetSocket::pause);
    return this;
  }

  /** Sends this on each connection. */
  Crowd send(String text) {
    sockets.forEach(socket -> socket.write(text));
    return this;
  }

  /** Sends this on each connection so often, each time once the last one has been taken. */
  Crowd send(String text, int times) {
    Buffer bytes = Buffer.buffer(text);
    sockets.forEach(socket -> send(socket, bytes, times));
    return this;
  }

  private static void send(NetSocket socket, Buffer bytes, int times) {
    if (times > 0) {
      socket.write(bytes).onSuccess(taken -> send(socket, bytes, times - 1));
    }
  }

  /** Sends this on each connection again and again. */
  Crowd drip(String text, long millis) {
    vertx.setPeriodic(millis, timer -> send(text));
    return this;
  }

  /** How many answers have come in, of all connections. */
  int answers() {
    return answers.get();
  }

  /** How many answers began with a status of an error. */
  int refusals() {
    return refusals.get();
  }

  /** How many connections the other side has ended. */
  int ended() {
    return ended.get();
  }

  @Override
  public void close() {
    Waiting.on(vertx.close());
  }
}
