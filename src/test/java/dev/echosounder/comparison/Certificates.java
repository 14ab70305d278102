package dev.echosounder.comparison;

import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The certificates of the compared targets, and the files in which the modules find theirs. */
final class Certificates {

  private final Authority authority = new Authority();
  final Identity good = authority.issue("localhost", "127.0.0.1");
  final Identity expired = expired();
  final Identity elsewhere = authority.issue("elsewhere.example");
  final Identity shop = authority.issue("shop.example");
  final Identity stranger = new Authority().issue("localhost", "127.0.0.1");
  private final Identity client = authority.issue("client.example");

  Certificates() throws Exception {}

  private Identity expired() throws Exception {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    return authority.issue(
        yesterday.minus(Duration.ofDays(30)), yesterday, "localhost", "127.0.0.1");
  }

  /** Writes the files; their paths by the names that modules use. */
  Map<String, String> write(Path directory) throws Exception {
    return Map.of(
        "ca",
        file(directory, "ca.pem", authority()),
        "cert",
        file(directory, "cert.pem", Pem.certificate(client.certificate())),
        "key",
        file(directory, "key.pem", Pem.key(client)));
  }

  /** The certificate of who signed all but the stranger's. */
  String authority() throws Exception {
    return Pem.certificate(authority.trusted().getCertificate("authority"));
  }

  private static String file(Path directory, String name, String content) throws Exception {
    return Files.writeString(directory.resolve(name), content).toString();
  }
}
