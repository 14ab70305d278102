package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.DurationText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Holds the values for other charts and the pages that show prometheus-adapter's rule to each
 * other.
 */
class AdapterRuleTest {

  private static final Pattern RULES = Pattern.compile("```yaml\n(rules:\n.*?)```", Pattern.DOTALL);

  private final Map<?, ?> adapter = mapping(Path.of("helm/prometheus-adapter-values.yaml"));
  private final Map<?, ?> prometheus = mapping(Path.of("helm/prometheus-values.yaml"));

  AdapterRuleTest() throws IOException {}

  @Test
  void the_rule_is_the_one_that_scaling_relies_on() {
    Map<?, ?> rule = (Map<?, ?>) rules().get(0);

    assertThat(rules()).hasSize(1);
    assertThat(rule.get("seriesQuery"))
        .isEqualTo("{__name__=~\"^app_requests_count(_total)?$\",namespace!=\"\",pod!=\"\"}");
    assertThat(rule.get("metricsQuery"))
        .isEqualTo("sum(rate(<<.Series>>{<<.LabelMatchers>>}[1m])) by (<<.GroupBy>>)");
    assertThat(rule.get("name")).isEqualTo(Map.of("as", "avg_requests"));
  }

  @Test
  void every_page_shows_that_rule() throws IOException {
    for (String page : List.of("docs/metrics.md", "docs/autoscaling.md")) {
      Matcher shown = RULES.matcher(Files.readString(Path.of(page)));
      assertThat(shown.find()).as(page).isTrue();
      assertThat(parse(shown.group(1)).get("rules")).as(page).isEqualTo(rules());
    }
  }

  @Test
  void the_window_of_the_rate_is_four_scrape_intervals() {
    assertThat(scrapeInterval().multipliedBy(4)).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void the_adapter_looks_back_further_than_it_looks_often_and_further_than_a_scrape() {
    Duration relist = duration(adapter.get("metricsRelistInterval"));
    String maxAge = (String) ((List<?>) adapter.get("extraArguments")).get(0);

    assertThat(maxAge).startsWith("--metrics-max-age=");
    assertThat(relist).isGreaterThan(scrapeInterval());
    assertThat(duration(maxAge.replaceFirst(".*=", ""))).isGreaterThan(relist);
  }

  private List<?> rules() {
    return (List<?>) ((Map<?, ?>) adapter.get("rules")).get("custom");
  }

  private Duration scrapeInterval() {
    Map<?, ?> server = (Map<?, ?>) prometheus.get("server");
    return duration(((Map<?, ?>) server.get("global")).get("scrape_interval"));
  }

  private static Duration duration(Object text) {
    return DurationText.parse((String) text).orElseThrow();
  }

  private static Map<?, ?> mapping(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  private static Map<?, ?> parse(String yaml) {
    return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }
}
