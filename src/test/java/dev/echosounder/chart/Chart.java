package dev.echosounder.chart;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import dev.echosounder.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The chart, rendered by Helm in this process, as the release shop in the namespace demo. */
final class Chart {

  static final Path DIRECTORY = Path.of("helm", "echosounder");
  static final String RELEASE = "shop";
  static final String NAMESPACE = "demo";

  private static final String KUBERNETES = "1.35.0";

  private Chart() {}

  /** The values that the chart is tested with, by name. */
  static Stream<Path> matrix() {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of them: {@code default} is {@code ci/default-values.yaml}. */
  static Path values(String name) {
    return DIRECTORY.resolve("ci").resolve(name + "-values.yaml");
  }

  static Manifests render(Path values) {
    needsHelm();
    return Manifests.parse(
        new Helm(DIRECTORY)
            .template()
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withKubeVersion(KUBERNETES)
            .withValuesFile(values)
            .call());
  }

  /** What Helm says to a user after the installation. */
  static String notes(Path values) {
    needsHelm();
    String output =
        new Helm(DIRECTORY)
            .install()
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withKubeVersion(KUBERNETES)
            .withValuesFile(values)
            .clientOnly()
            .withDryRunOption(DryRun.CLIENT)
            .call()
            .getOutput();
    return output.substring(output.indexOf("NOTES:"));
  }

  private static void needsHelm() {
    try {
      Helm.version().call();
    } catch (IllegalStateException | LinkageError e) {
      Tool.missing("needs Helm's library for this platform: " + e.getMessage());
    }
  }
}
