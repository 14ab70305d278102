package dev.echosounder.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Grafana needs of the dashboard, and what its reader does. */
class DashboardTest {

  private static final String OF_KUBE_STATE_METRICS =
      "kube_horizontalpodautoscaler_status_desired_replicas";

  private final JsonObject dashboard =
      new JsonObject(Files.readString(Path.of("helm/echosounder/dashboards/echosounder.json")));

  DashboardTest() throws IOException {}

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  private Stream<JsonObject> panels() {
    return objects(dashboard.getJsonArray("panels")).filter(panel -> !isRow(panel));
  }

  private Stream<String> expressions() {
    return panels()
        .flatMap(panel -> objects(panel.getJsonArray("targets")))
        .map(target -> target.getString("expr"));
  }

  private static boolean isRow(JsonObject panel) {
    return panel.getString("type").equals("row");
  }

  @Test
  void it_can_be_imported_anywhere_and_again() {
    assertThat(dashboard.getString("uid")).isEqualTo("echosounder");
    assertThat(dashboard.containsKey("id")).isTrue();
    assertThat(dashboard.getValue("id")).isNull();
    assertThat(objects(dashboard.getJsonObject("templating").getJsonArray("list")))
        .extracting(variable -> variable.getString("name"))
        .containsExactly("datasource", "namespace", "pod", "name");
    assertThat(panels())
        .allSatisfy(
            panel -> {
              List<JsonObject> users = new ArrayList<>(List.of(panel));
              objects(panel.getJsonArray("targets")).forEach(users::add);
              assertThat(users)
                  .extracting(user -> user.getJsonObject("datasource").getString("uid"))
                  .containsOnly("${datasource}");
            });
  }

  @Test
  void every_panel_is_explained_and_has_a_unit_and_thresholds() {
    assertThat(panels())
        .allSatisfy(
            panel -> {
              JsonObject defaults = panel.getJsonObject("fieldConfig").getJsonObject("defaults");
              assertThat(panel.getString("description")).as(panel.getString("title")).endsWith(".");
              assertThat(defaults.getString("unit")).isNotBlank();
              assertThat(defaults.getJsonObject("thresholds").getJsonArray("steps")).isNotEmpty();
            });
    assertThat(panels().map(panel -> panel.getString("title"))).doesNotHaveDuplicates();
    assertThat(panels().map(panel -> panel.getInteger("id"))).doesNotHaveDuplicates();
  }

  @Test
  void no_panel_lies_on_another_or_beyond_the_edge() {
    Set<String> taken = new HashSet<>();
    for (JsonObject panel : objects(dashboard.getJsonArray("panels")).toList()) {
      JsonObject place = panel.getJsonObject("gridPos");
      assertThat(place.getInteger("x") + place.getInteger("w")).isLessThanOrEqualTo(24);
      for (int x = 0; x < place.getInteger("w"); x++) {
        for (int y = 0; y < place.getInteger("h"); y++) {
          String cell = (place.getInteger("x") + x) + "," + (place.getInteger("y") + y);
          assertThat(taken.add(cell)).as(panel.getString("title") + " at " + cell).isTrue();
        }
      }
    }
  }

  @Test
  void every_name_in_an_expression_is_documented() throws IOException {
    Set<String> known = new HashSet<>(MetricNames.documented());
    known.add(OF_KUBE_STATE_METRICS);

    assertThat(expressions())
        .allSatisfy(
            expression -> assertThat(MetricNames.in(expression)).isNotEmpty().isSubsetOf(known));
  }

  @Test
  void status_and_response_time_are_shown_by_url() {
    assertThat(expressions())
        .anyMatch(each -> each.startsWith("sum by (url) (sample_external_url_up"))
        .anyMatch(each -> each.startsWith("sum by (url) (sample_external_url_response_ms"));
  }

  @Test
  void every_query_is_of_the_chosen_namespace_and_rates_fit_the_resolution() {
    assertThat(expressions())
        .allSatisfy(
            each -> {
              assertThat(each).contains("namespace=~\"$namespace\"");
              // But for what the HorizontalPodAutoscaler sees.
              if (!each.contains("pod!=\"\"")) {
                assertThat(each).doesNotContainPattern("rate\\([^\\[]*\\[(?!\\$__rate_interval])");
              }
            });
  }
}
