package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files that the chart shares with Prometheus and Grafana outside of a cluster. */
class ChartFilesTest {

  private final Manifests manifests = Chart.render(Chart.values("operator"));

  @Test
  void the_alerts_are_those_of_the_rule_file() throws IOException {
    assertThat(manifests.all())
        .filteredOn(manifest -> manifest.kind().equals("PrometheusRule"))
        .<Object>map(manifest -> manifest.raw().get("spec"))
        .containsExactly(
            new Load(LoadSettings.builder().build())
                .loadFromString(read("rules/echosounder.yaml")));
  }

  @Test
  void the_dashboard_is_the_file_and_found_by_its_label() throws IOException {
    ConfigMap dashboard = manifests.one(ConfigMap.class, "shop-echosounder-dashboard");

    assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
    assertThat(dashboard.getMetadata().getAnnotations())
        .containsEntry("grafana_folder", "Echosounder");
    assertThat(dashboard.getData().get("echosounder.json"))
        .isEqualTo(read("dashboards/echosounder.json"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(Chart.DIRECTORY.toString(), file));
  }
}
