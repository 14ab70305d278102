package dev.echosounder.hostile;

import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Servers of any bytes, each on a free port of 127.0.0.1. They end with their Vert.x. */
final class RawTargets {

  private static final int PREFACE = 24;
  private static final int FRAME_HEADER = 9;
  private static final int HEADERS = 1;

  final Vertx vertx;
  private final AtomicInteger open = new AtomicInteger();

  RawTargets(Vertx vertx) {
    this.vertx = vertx;
  }

  /** How many connections are open now. */
  int open() {
    return open.get();
  }

  /** One that does this to every connection at once. */
  int greeting(Consumer<NetSocket> script) {
    return server(new NetServerOptions(), (socket, received) -> true, script, true);
  }

  /** One that does this once it has received anything. */
  int answering(Consumer<NetSocket> script) {
    return server(new NetServerOptions(), (socket, received) -> true, script, false);
  }

  /** One that does this once a whole head of a request has come. */
  int http(Consumer<NetSocket> script) {
    return server(new NetServerOptions(), RawTargets::hasHead, script, false);
  }

  /** One that is told the request, as far as it has come with its head. */
  int httpRequest(BiConsumer<NetSocket, String> script) {
    return telling(RawTargets::hasHead, script);
  }

  /** One that is told the first bytes. */
  int httpless(BiConsumer<NetSocket, String> script) {
    return telling((socket, received) -> true, script);
  }

  private int telling(BiPredicate<NetSocket, Buffer> ready, BiConsumer<NetSocket, String> script) {
    Map<NetSocket, String> told = new ConcurrentHashMap<>();
    return server(
        new NetServerOptions(),
        (socket, received) -> {
          told.put(socket, received.toString(StandardCharsets.ISO_8859_1));
          return ready.test(socket, received);
        },
        socket -> script.accept(socket, told.remove(socket)),
        false);
  }

  /** The same behind TLS. */
  int https(Identity identity, Consumer<NetSocket> script) {
    return server(tls(identity), RawTargets::hasHead, script, false);
  }

  /** One that does this once a request over HTTP/2 has come, without TLS. */
  int http2(Consumer<NetSocket> script) {
    return server(new NetServerOptions(), RawTargets::hasHeaders, script, false);
  }

  /** The same behind TLS, by ALPN. */
  int secureHttp2(Identity identity, Consumer<NetSocket> script) {
    NetServerOptions options = tls(identity).setUseAlpn(true);
    options.getSslOptions().setApplicationLayerProtocols(List.of("h2"));
    return server(options, RawTargets::hasHeaders, script, false);
  }

  static NetServerOptions tls(Identity identity) {
    return new NetServerOptions()
        .setSsl(true)
        .setKeyCertOptions(
            new PfxOptions()
                .setValue(Buffer.buffer(identity.pkcs12()))
                .setPassword(Identity.PASSWORD));
  }

  private int server(
      NetServerOptions options,
      BiPredicate<NetSocket, Buffer> ready,
      Consumer<NetSocket> script,
      boolean atOnce) {
    return Waiting.on(
            vertx
                .createNetServer(options)
                .exceptionHandler(failure -> {})
                .connectHandler(socket -> accept(socket, ready, script, atOnce))
                .listen(0, "127.0.0.1"))
        .actualPort();
  }

  private void accept(
      NetSocket socket,
      BiPredicate<NetSocket, Buffer> ready,
      Consumer<NetSocket> script,
      boolean atOnce) {
    open.incrementAndGet();
    socket.exceptionHandler(failure -> {});
    socket.closeHandler(end -> open.decrementAndGet());
    if (atOnce) {
      socket.handler(more -> {});
      script.accept(socket);
      return;
    }
    Buffer received = Buffer.buffer();
    socket.handler(
        chunk -> {
          received.appendBuffer(chunk);
          if (ready.test(socket, received)) {
            socket.handler(more -> {});
            script.accept(socket);
          }
        });
  }

  private static boolean hasHead(NetSocket socket, Buffer received) {
    return received.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n");
  }

  private static boolean hasHeaders(NetSocket socket, Buffer received) {
    int at = PREFACE;
    while (received.length() >= at + FRAME_HEADER) {
      if (received.getByte(at + 3) == HEADERS) {
        return true;
      }
      at += FRAME_HEADER + received.getMedium(at);
    }
    return false;
  }

  /** Sends these bytes, one for each character, and ends. */
  static Consumer<NetSocket> end(String bytes) {
    return end(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Consumer<NetSocket> end(byte[] bytes) {
    return socket -> socket.end(Buffer.buffer(bytes));
  }

  /** Sends these bytes and holds the connection. */
  static Consumer<NetSocket> hold(String bytes) {
    return hold(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Consumer<NetSocket> hold(byte[] bytes) {
    return socket -> socket.write(Buffer.buffer(bytes));
  }

  /** Sends a beginning, and then these bytes again and again, as fast as they are read. */
  static Consumer<NetSocket> endless(String beginning, String bytes) {
    Buffer piece = Buffer.buffer(bytes.repeat(1 + 8192 / bytes.length()), "ISO-8859-1");
    return socket ->
        socket
            .write(Buffer.buffer(beginning, "ISO-8859-1"))
            .onSuccess(begun -> again(socket, piece));
  }

  private static void again(NetSocket socket, Buffer piece) {
    socket.write(piece).onSuccess(written -> again(socket, piece));
  }

  /** Sends a beginning, and then one byte after the other, as long as it is let. */
  Consumer<NetSocket> drip(String beginning, String bytes) {
    return socket -> {
      socket.write(Buffer.buffer(beginning, "ISO-8859-1"));
      drip(socket, bytes, 0);
    };
  }

  private void drip(NetSocket socket, String bytes, int next) {
    vertx.setTimer(
        20,
        tick ->
            socket
                .write(String.valueOf(bytes.charAt(next % bytes.length())))
                .onSuccess(written -> drip(socket, bytes, next + 1)));
  }
}
