package dev.echosounder.soak;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The files that one service is configured by. */
final class ConfigurationFiles {

  static final String USER = "ada";
  static final String PASSWORD = "of a soak";

  private static final String BASE =
      """
      http: {host: 127.0.0.1, port: 0, h2c: %b, header_timeout: 3s, request_timeout: 20s, idle_timeout: 30s, max_body: 1MiB}
      management: {port: 0}
      shutdown: {delay: 0s, drain: 5s, linger: 0s}
      query_interval_in_seconds: 5
      queryurl: {deadline: 5s}
      targets_files: ["*.sd.yaml"]
      """;

  private final Path directory;
  private final boolean secure;
  private final String modules;
  private final List<String> staying;
  private final List<String> swapped;
  private final Authority authority = new Authority();

  /**
   * Writes the first ones, without any target.
   *
   * @param secure whether there is a web configuration
   * @param staying targets that are always there
   * @param swapped targets of which every other one is there
   */
  ConfigurationFiles(
      Path directory, boolean secure, String modules, List<String> staying, List<String> swapped)
      throws Exception {
    this.directory = directory;
    this.secure = secure;
    this.modules = modules;
    this.staying = staying;
    this.swapped = swapped;
    if (secure) {
      rotate();
      secureBy(USER + ": " + BCrypt.withDefaults().hashToString(4, PASSWORD.toCharArray()));
    }
    put("echosounder.yaml", base());
  }

  private String base() {
    return BASE.formatted(!secure) + (secure ? "web: {config_file: web.yml}\n" : "");
  }

  private void secureBy(String user) throws IOException {
    put(
        "web.yml",
        "tls_server_config: {cert_file: cert.pem, key_file: key.pem}\nbasic_auth_users: {%s}\n"
            .formatted(user));
  }

  Path main() {
    return directory.resolve("echosounder.yaml");
  }

  /** Half of the targets that change, one half or the other. */
  void swap(int number) throws IOException {
    put("echosounder.yaml", whole(number));
  }

  /** The same, in place. */
  void edit(int number) throws IOException {
    Files.writeString(main(), whole(number));
  }

  /** A part of it, in place. */
  void damage(int number) throws IOException {
    String whole = whole(number);
    Files.writeString(main(), whole.substring(0, whole.length() - 10));
  }

  /** No target any more. */
  void empty() throws IOException {
    put("other.sd.yaml", "[]\n");
    put("echosounder.yaml", base());
  }

  private String whole(int number) {
    String targets =
        IntStream.range(0, swapped.size())
            .filter(i -> i % 2 == number % 2)
            .mapToObj(swapped::get)
            .collect(Collectors.joining());
    return base() + "modules:\n" + modules + "targets:\n" + String.join("", staying) + targets;
  }

  /** Other targets by discovery. */
  void discover(int number, String url) throws IOException {
    String targets =
        IntStream.range(0, 20)
            .mapToObj(i -> "\"%sdiscovered/%d\"".formatted(url, i * (1 + number % 2)))
            .collect(Collectors.joining(", "));
    put("other.sd.yaml", "- targets: [" + targets + "]\n");
  }

  /** Another certificate, where there is one. */
  void rotate() throws Exception {
    if (secure) {
      Identity next = authority.issue("127.0.0.1");
      put("cert.pem", Pem.certificate(next.certificate()));
      put("key.pem", Pem.key(next));
    }
  }

  private void put(String name, String content) throws IOException {
    Path fresh = Files.writeString(directory.resolve(name + ".new"), content);
    Files.move(fresh, directory.resolve(name), ATOMIC_MOVE);
  }
}
