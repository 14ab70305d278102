package dev.echosounder.chart;

import dev.echosounder.testing.PemText;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the program that its pods mount.
 *
 * @param configuration the configuration file
 * @param web the web configuration, if the chart makes one
 */
record MountedFiles(String configuration, Optional<String> web) {

  private static final Pattern MOUNTED = Pattern.compile("/etc/(echosounder-[\\w/.-]+)");

  private static final String OF_SOMEBODY_ELSE =
      """
      tls_server_config:
        cert_file: /etc/echosounder-tls/tls.crt
        key_file: /etc/echosounder-tls/tls.key
      """;

  static MountedFiles of(Manifests manifests) {
    return new MountedFiles(
        content(manifests, "config").map(data -> data.get("echosounder.yaml")).orElseThrow(),
        content(manifests, "web").map(data -> data.get("web-config.yml")));
  }

  private static Optional<Map<String, String>> content(Manifests manifests, String volume) {
    return manifests
        .running()
        .flatMap(pod -> pod.spec().getVolumes().stream())
        .filter(mounted -> mounted.getName().equals(volume))
        .findFirst()
        .flatMap(mounted -> content(manifests, mounted));
  }

  /** Nothing where it is of a Secret that the chart does not make. */
  private static Optional<Map<String, String>> content(Manifests manifests, Volume volume) {
    if (volume.getConfigMap() != null) {
      return Optional.of(manifests.one(ConfigMap.class, volume.getConfigMap().getName()).getData());
    }
    Stream<Secret> secrets = manifests.of(Secret.class);
    return secrets
        .filter(secret -> secret.getMetadata().getName().equals(volume.getSecret().getSecretName()))
        .map(Secret::getStringData)
        .findFirst();
  }

  /** Writes all of it below a folder, with what it names, and tells the configuration file. */
  Path writeTo(Path root) throws Exception {
    PemText pem = PemText.ofCurve();
    String other = web.orElse(OF_SOMEBODY_ELSE);
    Map<String, String> contents =
        Map.of(
            "echosounder-web/web-config.yml", moved(other, root),
            "echosounder-tls/tls.crt", pem.certificate(),
            "echosounder-tls/tls.key", pem.key(),
            "echosounder-tls/ca.crt", pem.certificate());
    for (String name : (Iterable<String>) named(configuration + other)::iterator) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, contents.getOrDefault(name, "content"));
    }
    return Files.writeString(root.resolve("echosounder.yaml"), moved(configuration, root));
  }

  private static Stream<String> named(String yaml) {
    return MOUNTED.matcher(yaml).results().map(result -> result.group(1));
  }

  private static String moved(String yaml, Path root) throws IOException {
    return MOUNTED.matcher(yaml).replaceAll(root + "/$1");
  }
}
