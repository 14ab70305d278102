package dev.echosounder.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * A JDK that runs the service.
 *
 * @param path its directory
 * @param version as it says itself, such as {@code 17.0.15}
 */
record JavaHome(Path path, String version) {

  /** That of this process. */
  static JavaHome own() throws IOException {
    return of(Path.of(System.getProperty("java.home")));
  }

  /**
   * That in a directory.
   *
   * @throws IOException if there is none
   */
  static JavaHome of(Path home) throws IOException {
    Properties release = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
      release.load(reader);
    }
    return new JavaHome(home, release.getProperty("JAVA_VERSION").replace("\"", ""));
  }

  /** Its feature release, such as 17. */
  int feature() {
    return Integer.parseInt(version.split("[.+-]", 2)[0]);
  }

  String java() {
    return path.resolve("bin").resolve("java").toString();
  }
}
