package dev.echosounder.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.chart.Manifests.PodPlan;
import dev.echosounder.config.ConfigSource;
import dev.echosounder.config.Reading;
import dev.echosounder.schema.YamlText;
import dev.echosounder.settings.Settings;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configuration file that the chart renders, as the program reads it. */
class ChartConfigTest {

  @TempDir Path root;
  private Vertx vertx;

  static Stream<Path> matrix() {
    return Chart.matrix();
  }

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void every_configuration_is_accepted(Path values) throws Exception {
    Reading reading = read(file(Chart.render(values)), Map.of());

    assertThat(reading.problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void ports_roles_and_grace_are_those_that_the_program_takes(Path values) throws Exception {
    Manifests manifests = Chart.render(values);
    Path file = file(manifests);

    for (var pod : manifests.running().filter(pod -> !pod.of().endsWith("-siege")).toList()) {
      Settings settings =
          read(file, Map.of("ECHOSOUNDER_ROLES", pod.environment("ECHOSOUNDER_ROLES")))
              .settings()
              .orElseThrow();
      assertThat(settings.roles())
          .map(role -> role.name().toLowerCase(Locale.ROOT))
          .containsExactlyInAnyOrder(pod.environment("ECHOSOUNDER_ROLES").split(","));
      assertThat(pod.spec().getTerminationGracePeriodSeconds()).isEqualTo(grace(pod, settings));
      var ports = pod.container().getPorts();
      assertThat(ports.get(0).getContainerPort()).isEqualTo(settings.http().port());
      assertThat(settings.managementPort().isPresent()).isEqualTo(ports.size() == 2);
      settings
          .managementPort()
          .ifPresent(port -> assertThat(ports.get(1).getContainerPort()).isEqualTo(port));
    }
  }

  private static long grace(PodPlan pod, Settings settings) {
    var stop = settings.shutdown();
    long millis = stop.delay().plus(stop.drain()).plus(stop.linger()).toMillis();
    Lifecycle lifecycle = pod.container().getLifecycle();
    long before = lifecycle == null ? 0 : lifecycle.getPreStop().getSleep().getSeconds();
    return before + (millis + 999) / 1000 + 5;
  }

  @Test
  void values_are_rendered_as_they_are() throws Exception {
    String yaml = MountedFiles.of(Chart.render(Chart.values("targets"))).configuration();

    var config = YamlText.parse(yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(config.getJsonObject("http").getInteger("max_connections")).isEqualTo(1_000_000);
    var target = config.getJsonArray("targets").getJsonObject(0);
    assertThat(target.getJsonObject("labels").getMap())
        .isEqualTo(Map.of("team", "pay", "on", "yes"));
    assertThat(config.getJsonObject("modules").containsKey("tcp_connect")).isFalse();
  }

  @Test
  void what_is_read_at_the_start_rolls_the_pods_and_nothing_else() throws IOException {
    String before = annotation("{}");

    assertThat(annotation("config: {http: {idle_timeout: 30s}}")).isNotEqualTo(before);
    assertThat(annotation("config: {management: {port: 9090}}")).isNotEqualTo(before);
    assertThat(annotation("config: {tracing: {sample_ratio: 1}}")).isNotEqualTo(before);
    assertThat(annotation("config: {log_level: DEBUG, urls: ['https://example.org/']}"))
        .isEqualTo(before);
    assertThat(annotation("{rollOnConfigChange: true, config: {log_level: DEBUG}}"))
        .isNotEqualTo(annotation("{rollOnConfigChange: true}"));
    assertThat(annotation("config: {prober: {deny: [10.0.0.0/8]}}")).isEqualTo(before);
    // roles is the environment's.
    assertThat(Settings.START_ONLY)
        .containsExactlyInAnyOrder("roles", "http", "management", "tracing");
  }

  @Test
  void only_whether_tls_and_http2_are_spoken_rolls_the_pods_of_a_web_configuration()
      throws IOException {
    String before = annotation("{}");
    String tls = annotation("web: {tls: {secretName: echo-tls}}");
    String users = "web: {config: {basic_auth_users: {ada: %s}}}";

    assertThat(tls).isNotEqualTo(before);
    assertThat(annotation("web: {existingSecret: echo-web, tls: {enabled: true}}")).isEqualTo(tls);
    String http1 =
        "web: {tls: {secretName: echo-tls}, config: {http_server_config: {http2: false}}}";
    assertThat(annotation(http1)).isNotEqualTo(tls);
    assertThat(annotation(users.formatted("a"))).isEqualTo(before);
    assertThat(annotation("{rollOnConfigChange: true, " + users.formatted("a") + "}"))
        .isNotEqualTo(annotation("{rollOnConfigChange: true, " + users.formatted("b") + "}"));
  }

  private String annotation(String yaml) throws IOException {
    Path values = Files.writeString(root.resolve("values.yaml"), yaml);
    return Chart.render(values)
        .running()
        .findFirst()
        .orElseThrow()
        .metadata()
        .getAnnotations()
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().startsWith("echosounder.dev/"))
        .sorted(Map.Entry.comparingByKey())
        .toList()
        .toString();
  }

  private Path file(Manifests manifests) throws Exception {
    return MountedFiles.of(manifests).writeTo(root);
  }

  private Reading read(Path file, Map<String, String> environment) throws Exception {
    return ConfigSource.of(vertx, Optional.of(file), environment)
        .read()
        .await(20, TimeUnit.SECONDS);
  }
}
