package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.Network;
import dev.echosounder.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSourceTest extends ConfigFixture {

  private ConfigSource unnamed(Map<String, String> environment) {
    return ConfigSource.of(vertx, Optional.empty(), environment, file());
  }

  @Test
  void without_any_file_the_embedded_default_is_in_force() throws Exception {
    Reading reading = read(unnamed(Map.of()));

    assertThat(reading.embeddedDefault()).isTrue();
    Settings settings = reading.settings().orElseThrow();
    assertThat(settings.targets()).isEmpty();
    assertThat(settings.http().port()).isEqualTo(8080);
    assertThat(settings.http().maxBody()).isEqualTo(10 << 20);
    assertThat(settings.managementPort()).isEmpty();
    assertThat(settings.roles()).containsExactlyInAnyOrder(Settings.Role.values());
    assertThat(settings.shutdown().drain()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void a_fresh_clone_counts_as_the_embedded_default_until_its_file_is_edited() throws Exception {
    Files.copy(Path.of("conf", "echosounder.yaml"), file());
    assertThat(read(unnamed(Map.of())).embeddedDefault()).isTrue();
    assertThat(read(source(Map.of())).embeddedDefault()).isFalse();

    Files.writeString(file(), Files.readString(file()) + "# edited\n");
    assertThat(read(unnamed(Map.of())).embeddedDefault()).isFalse();
  }

  @Test
  void the_option_comes_before_the_environment_and_that_before_the_default_place()
      throws Exception {
    write("app_name: default-place\n");
    Path other = Files.writeString(directory.resolve("other.json"), "{\"app_name\":\"env\"}");
    Path option = Files.writeString(directory.resolve("option.yaml"), "app_name: option");
    Map<String, String> environment = Map.of("ECHOSOUNDER_CONFIG", other.toString());

    assertThat(appName(unnamed(Map.of()))).isEqualTo("default-place");
    assertThat(appName(unnamed(Map.of("ECHOSOUNDER_CONFIG", "")))).isEqualTo("default-place");
    assertThat(appName(unnamed(environment))).isEqualTo("env");
    assertThat(appName(ConfigSource.of(vertx, Optional.of(option), environment)))
        .isEqualTo("option");
  }

  private String appName(ConfigSource source) throws Exception {
    return read(source).settings().orElseThrow().appName();
  }

  @Test
  void a_named_file_that_is_not_there_is_a_problem() throws Exception {
    assertThat(read(source(Map.of())).problems())
        .containsExactly(file() + ": got no file, expected a YAML or JSON file");
  }

  @Test
  void a_directory_is_a_problem() throws Exception {
    Files.createDirectory(file());

    assertThat(read(source(Map.of())).problems())
        .containsExactly(file() + ": got a directory, expected a YAML or JSON file");
  }

  @ParameterizedTest
  @CsvSource({
    "ECHOSOUNDER_HTTP_PORT, 9999",
    "ECHOSOUNDER_HTTP_MAX_BODY, 64KiB",
    "ECHOSOUNDER_HTTP_HEADER_TIMEOUT, 250ms",
    "ECHOSOUNDER_HTTP_H2C, true",
    "ECHOSOUNDER_HTTP_IDLE_TIMEOUT, 7",
  })
  void a_variable_overrides_one_key_and_leaves_the_section(String name, String value)
      throws Exception {
    Settings settings =
        read("http: {host: 127.0.0.1}\n", Map.of(name, value)).settings().orElseThrow();

    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.shown().getJsonObject("http").getMap().values())
        .map(Object::toString)
        .contains(value);
  }

  @Test
  void variables_set_every_kind_of_scalar() throws Exception {
    Settings settings =
        read(
                "urls: [http://h/]\n",
                Map.of(
                    "ECHOSOUNDER_APP_NAME", "123",
                    "ECHOSOUNDER_REQUEST_TIMEOUT_IN_SECONDS", "0.5",
                    "ECHOSOUNDER_MANAGEMENT_PORT", "0",
                    "ECHOSOUNDER_LOG_LEVEL", "ERROR",
                    "ECHOSOUNDER_LOG_FORMAT", "",
                    "ECHOSOUNDER_ECHO_SIMULATE", "false",
                    "HOME", "/"))
            .settings()
            .orElseThrow();

    assertThat(settings.appName()).isEqualTo("123");
    assertThat(settings.targets().get(0).timeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.managementPort()).isEqualTo(OptionalInt.of(0));
    assertThat(settings.log())
        .isEqualTo(new Settings.Log(Settings.Log.Level.ERROR, Settings.Log.Format.PLAIN));
    assertThat(settings.simulate()).isFalse();
  }

  @Test
  void a_variable_replaces_the_roles_of_a_file_that_instances_share() throws Exception {
    String file = "roles: [echo, prober]\n";

    assertThat(roles(file, "echo")).containsExactly(Settings.Role.ECHO);
    assertThat(roles(file, "prober")).containsExactly(Settings.Role.PROBER);
    assertThat(roles("roles: [echo]\n", "echo, prober"))
        .containsExactlyInAnyOrder(Settings.Role.values());
    assertThat(read(file, Map.of("ECHOSOUNDER_ROLES", "echo,proper")).problems())
        .containsExactly("roles[1] (ECHOSOUNDER_ROLES): got \"proper\", expected echo or prober");
    assertThat(read(file, Map.of("ECHOSOUNDER_ROLES", "echo,echo")).problems())
        .containsExactly(
            "roles (ECHOSOUNDER_ROLES): got a list, expected a list of echo, prober or both");
  }

  private Set<Settings.Role> roles(String file, String variable) throws Exception {
    return read(file, Map.of("ECHOSOUNDER_ROLES", variable)).settings().orElseThrow().roles();
  }

  @Test
  void a_variable_with_a_bad_value_is_a_problem_that_names_it() throws Exception {
    Map<String, String> environment =
        Map.of("ECHOSOUNDER_HTTP_PORT", "tcp://10.0.0.1:80", "ECHOSOUNDER_HTTP_H2C", "1");

    assertThat(read("http: {prot: 1}\n", environment).problems())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith("http.prot: got an unknown key"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "http.port (ECHOSOUNDER_HTTP_PORT): got \"tcp://10.0.0.1:80\","
                            + " expected a port from 0 to 65535"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        "http.h2c (ECHOSOUNDER_HTTP_H2C): got \"1\", expected true or false"));
    assertThat(read("[", environment).problems()).hasSize(3);
  }

  @Test
  void a_variable_does_not_hide_a_mistake_in_the_file() throws Exception {
    assertThat(read("http: 5\n", Map.of("ECHOSOUNDER_HTTP_PORT", "80")).problems())
        .containsExactly("http: got 5, expected a mapping of keys");
  }

  @Test
  void a_variable_that_names_no_key_is_a_warning() throws Exception {
    Reading reading =
        read(
            "{}\n",
            Map.of(
                "ECHOSOUNDER_SERVICE_HOST", "10.0.0.1",
                "ECHOSOUNDER_PORT", "tcp://10.0.0.1:80",
                "ECHOSOUNDER_URLS", "http://h/",
                "ECHOSOUNDERX", "1"));

    assertThat(reading.settings()).isPresent();
    assertThat(reading.warnings())
        .containsExactly(
            "ECHOSOUNDER_PORT: names no key that a variable can set, ignored",
            "ECHOSOUNDER_SERVICE_HOST: names no key that a variable can set, ignored",
            "ECHOSOUNDER_URLS: names no key that a variable can set, ignored");
  }

  @Test
  void lists_replace_and_sections_are_laid_over_the_defaults() throws Exception {
    Settings settings = settings("prober: {deny: [10.0.0.0/8]}\nroles: [echo]\n");

    assertThat(settings.prober().concurrency()).isEqualTo(4096);
    assertThat(settings.prober().dialable().deny()).containsExactly(Network.parse("10.0.0.0/8"));
    assertThat(settings.roles()).isEqualTo(Set.of(Settings.Role.ECHO));
  }

  @Test
  void the_keys_that_need_a_restart_are_named_where_they_differ() throws Exception {
    Settings before = settings("app_name: a\n");
    Settings after = settings("app_name: b\nhttp: {port: 1}\nmanagement: {port: 2}\nurls: []\n");

    assertThat(source(Map.of()).needRestart(before, after))
        .isEqualTo(List.of("http.port", "management.port"));
    assertThat(source(Map.of()).needRestart(before, before)).isEmpty();
  }

  @Test
  void ten_thousand_targets_are_read() throws Exception {
    StringBuilder yaml = new StringBuilder("targets:\n");
    for (int i = 0; i < 10_000; i++) {
      yaml.append(
          "  - {name: t%d, url: 'http://h%d/?token=%d', interval: 15s, timeout: 5s, labels: {a: b}, headers: {X: 'y'}}\n"
              .formatted(i, i, i));
    }
    assertThat(settings(yaml.toString()).targets()).hasSize(10_000);
  }

  @Test
  void a_target_that_can_never_be_dialled_is_a_warning() throws Exception {
    Reading reading =
        read(
            """
            prober: {deny: [10.0.0.0/8, "*.example.org"]}
            targets:
              - {url: "http://10.1.2.3/"}
              - {name: named, url: "http://u:secret@A.example.org/"}
              - {url: "http://example.com/"}
            """);

    assertThat(reading.settings()).isPresent();
    assertThat(reading.warnings())
        .containsExactly(
            "http://10.1.2.3/: prober.allow and prober.deny do not let it be dialled, so that each"
                + " probe of it is blocked",
            "named: prober.allow and prober.deny do not let it be dialled, so that each probe of"
                + " it is blocked");
  }

  @Test
  void many_of_them_are_counted() throws Exception {
    StringBuilder yaml = new StringBuilder("prober: {allow: [10.0.0.1]}\nurls:\n");
    for (int i = 1; i <= 25; i++) {
      yaml.append("- http://127.0.0.").append(i).append("/\n");
    }

    assertThat(read(yaml.toString()).warnings())
        .hasSize(21)
        .last()
        .isEqualTo("5 more targets are blocked");
  }

  @Test
  void more_values_than_memory_is_for_are_refused_before_anything_is_made_of_them()
      throws Exception {
    Reading reading = read("urls: [" + "a,".repeat(5_000_000) + "a]\n");

    assertThat(reading.problems())
        .containsExactly(
            file()
                + ": got more than 2000000 values or 64 levels, aliases expanded, expected fewer");
  }
}
