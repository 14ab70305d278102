package dev.echosounder.acceptance;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A client that keeps its connection alive: it sends a request, reads all of the answer, sends the
 * next. When the service ends the connection it comes back on a new one, until it is refused or no
 * one listens any more. Used on one event loop.
 */
final class KeepAliveClient {

  private final NetClient net;
  private final int port;
  private final IntFunction<Ask> requests;
  private final ClientLog log;
  private final Promise<Void> ended = Promise.promise();

  private Buffer received = Buffer.buffer();
  private Optional<Ask> open = Optional.empty();

  /**
   * @param requests the request of each number, from 0
   */
  KeepAliveClient(NetClient net, int port, IntFunction<Ask> requests, ClientLog log) {
    this.net = net;
    this.port = port;
    this.requests = requests;
    this.log = log;
  }

  /** Begins; completes when it has ended. */
  Future<Void> run() {
    connect();
    return ended.future();
  }

  private void connect() {
    net.connect(port, "127.0.0.1")
        .onSuccess(this::connected)
        .onFailure(nobodyListens -> ended.tryComplete());
  }

  private void connected(NetSocket socket) {
    log.connected();
    received = Buffer.buffer();
    socket.handler(bytes -> read(socket, bytes));
    socket.exceptionHandler(reset -> {});
    socket.closeHandler(closed -> closed());
    send(socket);
  }

  private void send(NetSocket socket) {
    Ask ask = requests.apply(log.asking());
    open = Optional.of(ask);
    socket.write(ask.bytes());
  }

  private void read(NetSocket socket, Buffer bytes) {
    received.appendBuffer(bytes);
    Answered.in(received).ifPresent(answer -> take(socket, answer));
  }

  private void take(NetSocket socket, Answered answer) {
    log.answered(open.orElseThrow(), answer);
    open = Optional.empty();
    received = received.getBuffer(answer.length(), received.length());
    if (answer.isRefusal()) {
      ended.complete();
      socket.close();
    } else if (answer.closing()) {
      socket.close();
    } else {
      send(socket);
    }
  }

  private void closed() {
    open.ifPresent(log::lost);
    open = Optional.empty();
    if (!ended.future().isComplete()) {
      connect();
    }
  }
}
