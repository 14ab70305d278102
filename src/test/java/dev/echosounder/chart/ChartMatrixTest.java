package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever is set. */
class ChartMatrixTest {

  static Stream<Path> matrix() {
    return Chart.matrix();
  }

  @Test
  void the_matrix_is_wide() {
    assertThat(matrix()).hasSizeGreaterThanOrEqualTo(12);
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void every_document_has_only_fields_that_the_api_knows(Path values) throws Exception {
    for (Manifest manifest : Chart.render(values).all()) {
      assertThat(UnknownFields.in(manifest.typed())).as(manifest.toString()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void no_two_documents_are_one(Path values) {
    assertThat(Chart.render(values).all()).map(Manifest::toString).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void every_document_says_whose_it_is_and_where(Path values) {
    assertThat(Chart.render(values).all())
        .allSatisfy(
            manifest -> {
              assertThat(manifest.metadata().get("namespace")).isEqualTo(Chart.NAMESPACE);
              assertThat(manifest.labels().get("app.kubernetes.io/instance"))
                  .isEqualTo(Chart.RELEASE);
              assertThat(manifest.labels().get("app.kubernetes.io/managed-by")).isEqualTo("Helm");
              assertThat(manifest.labels().keySet().stream().map(Object::toString))
                  .contains(
                      "helm.sh/chart",
                      "app.kubernetes.io/name",
                      "app.kubernetes.io/component",
                      "app.kubernetes.io/version");
            });
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void names_of_pods_are_never_cut(Path values) {
    // A ReplicaSet adds a dash and ten characters, a pod a dash and five; at 58 names are cut.
    assertThat(Chart.render(values).of(Deployment.class))
        .allSatisfy(
            deployment -> assertThat(deployment.getMetadata().getName() + "-").hasSizeLessThan(48));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void nothing_but_labels_that_stay_selects_pods(Path values) {
    assertThat(Chart.render(values).of(Deployment.class))
        .allSatisfy(
            deployment -> {
              var labels = deployment.getSpec().getSelector().getMatchLabels();
              assertThat(labels)
                  .containsOnlyKeys(
                      "app.kubernetes.io/name",
                      "app.kubernetes.io/instance",
                      "app.kubernetes.io/component");
              assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                  .containsAllEntriesOf(labels)
                  .doesNotContainKeys("helm.sh/chart", "app.kubernetes.io/version");
            });
  }

  @Test
  void no_value_of_the_chart_is_a_secret() throws IOException {
    try (Stream<Path> files = Files.walk(Chart.DIRECTORY.getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .doesNotContainPattern("-----BEGIN [A-Z ]*PRIVATE KEY")
            .doesNotContainPattern(
                "(?i)[\\s{,](password|bearer_token|credentials|client_secret): ?[\"'\\w]")
            .doesNotContainPattern("://[^/\\s\"{}]+:[^/\\s\"{}]+@");
      }
    }
  }
}
