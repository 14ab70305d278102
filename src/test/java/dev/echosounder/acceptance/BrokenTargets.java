package dev.echosounder.acceptance;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.raw;
import static dev.echosounder.testing.ScriptedTarget.reset;
import static dev.echosounder.testing.ScriptedTarget.silent;

import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** HTTPS servers of many targets, one for each way to be good or broken. */
final class BrokenTargets implements AutoCloseable {

  /**
   * A way to be broken.
   *
   * @param reason by which its targets are down
   * @param url of the server, to which a path is added
   */
  record Way(String reason, String url) {}

  private final Vertx vertx = Vertx.vertx();
  private final Authority authority = new Authority();
  private final SocketChannel deaf;

  /** The good server's URL. */
  final String good;

  /** The eight ways. */
  final List<Way> ways;

  BrokenTargets() throws Exception {
    deaf = SocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Identity identity = authority.issue("127.0.0.1");
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    Identity expired = authority.issue(yesterday.minusSeconds(60), yesterday, "127.0.0.1");
    good = url(identity, answer(200, "welcome"));
    ways =
        List.of(
            new Way("tls_expired", url(expired, answer(200, ""))),
            new Way("tls_hostname", url(authority.issue("elsewhere.example"), answer(200, ""))),
            new Way("tls", url(new Authority().issue("127.0.0.1"), answer(200, ""))),
            new Way("refused", "https://127.0.0.1:" + port(deaf)),
            new Way("timeout", url(identity, silent())),
            new Way("status", url(identity, answer(503, "sorry"))),
            new Way("reset", url(identity, reset("HTTP/1.1 2"))),
            new Way("protocol", url(identity, raw("SSH-2.0-OpenSSH_9.2\r\n"))));
  }

  /** The authority that the prober has to believe. */
  Authority authority() {
    return authority;
  }

  private static int port(SocketChannel channel) throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private String url(Identity identity, ScriptedTarget.Script script) {
    return "https://127.0.0.1:" + ScriptedTarget.https(vertx, identity).otherwise(script).port();
  }

  /** Waits, to the second, while the servers go on. */
  void pause(Duration time) {
    for (long second = 0; second < time.toSeconds(); second++) {
      Waiting.on(vertx.timer(1_000));
    }
  }

  @Override
  public void close() throws IOException {
    Waiting.on(vertx.close());
    deaf.close();
  }
}
