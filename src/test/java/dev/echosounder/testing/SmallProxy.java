package dev.echosounder.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on a free port of the loopback interface: it opens tunnels by CONNECT, and sends
 * requests in absolute form on, one for each connection. Whatever the host, it dials 127.0.0.1.
 */
public final class SmallProxy implements AutoCloseable {

  private final NetServer server;
  private final NetClient client;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private volatile Optional<String> refusal = Optional.empty();

  public SmallProxy(Vertx vertx) {
    client = vertx.createNetClient();
    server = vertx.createNetServer().connectHandler(this::accept);
    Waiting.on(server.listen(0, "127.0.0.1"));
  }

  public int port() {
    return server.actualPort();
  }

  /** The URL of the proxy, with this userinfo. */
  public String url(String userInfo) {
    return "http://" + userInfo + "127.0.0.1:" + port();
  }

  /** The heads of requests so far, as the proxy received them. */
  public List<String> heads() {
    return List.copyOf(heads);
  }

  /** What every client gets from now on instead of its request, and then nothing. */
  public void refuse(String bytes) {
    refusal = Optional.of(bytes);
  }

  @Override
  public void close() {
    Waiting.on(server.close());
  }

  private void accept(NetSocket socket) {
    socket.exceptionHandler(failure -> {});
    Buffer received = Buffer.buffer();
    socket.handler(
        chunk -> {
          received.appendBuffer(chunk);
          String text = received.toString("ISO-8859-1");
          int end = text.indexOf("\r\n\r\n");
          if (end >= 0) {
            socket.pause().handler(null);
            heads.add(text.substring(0, end + 2));
            serve(socket, text);
          }
        });
  }

  private void serve(NetSocket socket, String text) {
    if (refusal.isPresent()) {
      socket.end(Buffer.buffer(refusal.get(), "ISO-8859-1"));
      return;
    }
    String[] line = text.split(" ", 3);
    boolean tunnel = line[0].equals("CONNECT");
    URI url = URI.create(tunnel ? "tunnel://" + line[1] : line[1]);
    client
        .connect(url.getPort(), "127.0.0.1")
        .onSuccess(
            target -> {
              target.exceptionHandler(failure -> {});
              if (tunnel) {
                socket.write("HTTP/1.1 200 Connected\r\n\r\n");
              } else {
                String path = url.getRawPath();
                target.write(Buffer.buffer(text.replace(line[1], path), "ISO-8859-1"));
              }
              socket.pipeTo(target);
              target.pipeTo(socket);
            })
        .onFailure(failure -> socket.end(Buffer.buffer("HTTP/1.1 502 Bad Gateway\r\n\r\n")));
  }

  /** Whether a head has a header line, in any case of letters. */
  public static boolean has(String head, String line) {
    return head.toLowerCase(Locale.ROOT).lines().anyMatch(line.toLowerCase(Locale.ROOT)::equals);
  }
}
