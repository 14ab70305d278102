package dev.echosounder.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.RunningService;
import dev.echosounder.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that docker/local-compose.yml mounts. */
class LocalFilesTest {

  private static final String PROVISIONING = "docker/grafana/provisioning/";

  @TempDir Path directory;

  @Test
  void echosounder_takes_its_configuration() throws IOException {
    Path file = Path.of("docker/echosounder/echosounder.yaml").toAbsolutePath();
    try (RunningService check =
        RunningService.run(directory, "--config", file.toString(), "--check")) {
      assertThat(check.exitCode()).as("%s", check.stderr()).isZero();
    }
  }

  @Test
  void prometheus_takes_its_configuration() throws Exception {
    Tool.needs("promtool");
    Process process =
        new ProcessBuilder("promtool", "check", "config", "--syntax-only", "docker/prometheus.yml")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void grafana_finds_the_dashboard_and_leads_from_exemplars_to_jaeger() throws IOException {
    List<Map<String, Object>> sources =
        Yaml.list(Yaml.read(PROVISIONING + "datasources/echosounder.yaml").get("datasources"))
            .stream()
            .map(Yaml::map)
            .toList();
    List<Object> providers =
        Yaml.list(Yaml.read(PROVISIONING + "dashboards/echosounder.yaml").get("providers"));

    assertThat(sources).extracting(source -> source.get("uid")).contains("prometheus", "jaeger");
    assertThat(Yaml.map(sources.get(0).get("jsonData")).get("exemplarTraceIdDestinations"))
        .isEqualTo(List.of(Map.of("name", "trace_id", "datasourceUid", "jaeger")));
    assertThat(Yaml.map(Yaml.map(providers.get(0)).get("options")).get("path"))
        .isEqualTo("/etc/grafana/dashboards");
  }

  @Test
  void every_part_of_jaegers_pipeline_is_configured() throws IOException {
    Map<String, Object> jaeger = Yaml.read("docker/jaeger.yaml");
    Map<String, Object> service = Yaml.map(jaeger.get("service"));
    Map<String, Object> pipeline = Yaml.map(Yaml.map(service.get("pipelines")).get("traces"));

    pipeline.forEach((kind, names) -> assertThat(keys(jaeger, kind)).isEqualTo(names));
    assertThat(keys(jaeger, "extensions")).isEqualTo(service.get("extensions"));
  }

  private static List<String> keys(Map<String, Object> document, String section) {
    return List.copyOf(Yaml.map(document.get(section)).keySet());
  }
}
