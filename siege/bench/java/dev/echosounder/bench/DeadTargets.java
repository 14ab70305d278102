package dev.echosounder.bench;

import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Targets that refuse, and targets that accept and never answer. */
final class DeadTargets implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int BACKLOG = 4096;

  private final Vertx vertx = Vertx.vertx();
  private final SocketChannel bound;
  private final NetServer silent;

  DeadTargets() throws IOException {
    // A port that nobody listens on, and that nobody else can take.
    bound = SocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    silent =
        Waiting.on(
            vertx
                .createNetServer(new NetServerOptions().setAcceptBacklog(BACKLOG))
                .connectHandler(socket -> {})
                .listen(0, HOST));
  }

  String silent(String path) {
    return url(silent.actualPort(), path);
  }

  String refusing(String path) {
    try {
      return url(((InetSocketAddress) bound.getLocalAddress()).getPort(), path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String url(int port, String path) {
    return "http://" + HOST + ":" + port + path;
  }

  @Override
  public void close() throws IOException {
    bound.close();
    Waiting.on(vertx.close());
  }
}
