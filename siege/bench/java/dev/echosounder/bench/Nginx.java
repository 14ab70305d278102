package dev.echosounder.bench;

import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The target of probes: a small page of nginx for every path, in the clear and behind TLS. */
final class Nginx implements AutoCloseable {

  private static final Path TEMPLATE = Path.of("siege/bench/peers/nginx.conf");

  /** Accepted and handled connections, and requests, below a heading; ngx_http_stub_status. */
  private static final Pattern COUNTS = Pattern.compile("(?m)^ \\d+ \\d+ (\\d+)");

  private final Server server;
  private final int securePort;
  private final Client client = new Client();

  private Nginx(Server server, int securePort) {
    this.server = server;
    this.securePort = securePort;
  }

  /**
   * Starts it.
   *
   * @param directory for its files, which must be its own
   */
  static Nginx start(Path directory) throws Exception {
    Files.createDirectories(directory);
    Identity identity = new Authority().issue("localhost", "127.0.0.1");
    Files.writeString(
        directory.resolve("certificate.pem"), Pem.certificate(identity.certificate()));
    Files.writeString(directory.resolve("key.pem"), Pem.key(identity));
    int port = FreePort.get();
    int securePort = FreePort.get();
    String configuration =
        Files.readString(TEMPLATE)
            .replace("DIRECTORY", directory.toString())
            .replace("PLAIN", Integer.toString(port))
            .replace("SECURE", Integer.toString(securePort));
    Path file = Files.writeString(directory.resolve("nginx.conf"), configuration);
    Server server = Server.start(directory, List.of("nginx", "-c", file.toString()), port);
    return new Nginx(server, securePort);
  }

  String url(String path) {
    return server.url(path);
  }

  String secureUrl(String path) {
    return "https://127.0.0.1:" + securePort + path;
  }

  /** How many requests it has had, those for this count included. */
  long requests() throws IOException, InterruptedException {
    Matcher matcher = COUNTS.matcher(client.text(url("/counts")));
    if (!matcher.find()) {
      throw new IOException("no counts at " + url("/counts"));
    }
    return Long.parseLong(matcher.group(1));
  }

  @Override
  public void close() {
    server.close();
  }
}
