package dev.echosounder.integration;

import static dev.echosounder.integration.Subject.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class ConfigurationTest {

  private static final Map<String, String> FREE_PORT =
      Map.of("ECHOSOUNDER_HTTP_PORT", "0", "ECHOSOUNDER_HTTP_HOST", "127.0.0.1");

  @TempDir private Path folder;

  @Test
  void the_first_run_shows_one_target_up_and_one_down() throws IOException {
    try (Subject service = Subject.start(folder, Optional.empty(), FREE_PORT)) {
      String up = service.origin() + "/status/200";
      String down = service.origin() + "/status/503";

      assertThat(service.query().getJsonObject(up).getInteger("up")).isEqualTo(1);
      JsonObject failed = service.query().getJsonObject(down);
      assertThat(failed.getInteger("up")).isZero();
      assertThat(failed.getInteger("status_code")).isEqualTo(503);
      assertThat(failed.getString("reason")).isEqualTo("status");
      eventually(
          () ->
              assertThat(service.metrics())
                  .contains("sample_external_url_up{url=\"" + up + "\",name=\"demo-up\"} 1\n")
                  .contains("sample_external_url_up{url=\"" + down + "\",name=\"demo-down\"} 0\n")
                  .containsPattern("app_requests_count_total\\{.*code=\"200\".*} [1-9]")
                  .contains("echosounder_targets 2"));
    }
  }

  @Test
  void with_a_configuration_file_there_is_nothing_but_what_it_says() throws IOException {
    try (Subject service = Subject.start(folder)) {
      assertThat(service.query()).isEmpty();
      assertThat(service.metrics()).contains("echosounder_targets 0");
    }
  }

  @Test
  void the_environment_names_the_file_and_wins_over_it() throws IOException {
    Path file = Subject.write(folder, "app_name: of-the-file", "urls: ['http://127.0.0.1:1/a']");
    Map<String, String> environment =
        Map.of("ECHOSOUNDER_CONFIG", file.toString(), "ECHOSOUNDER_APP_NAME", "of-the-environment");
    try (Subject service = Subject.start(folder, Optional.empty(), environment)) {
      assertThat(service.json("/config").getString("app_name")).isEqualTo("of-the-environment");
      assertThat(service.query().fieldNames()).containsExactly("http://127.0.0.1:1/a");
    }
  }

  @Test
  void the_environment_gives_instances_of_one_file_different_roles() throws IOException {
    Path file = Subject.write(folder, "urls: ['http://127.0.0.1:1/a']");
    Map<String, String> environment = Map.of("ECHOSOUNDER_ROLES", "echo");
    try (Subject service = Subject.start(folder, Optional.of(file), environment)) {
      assertThat(service.echo("GET", "/x").statusCode()).isEqualTo(200);
      assertThat(service.get("/queryurl").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void a_changed_file_is_put_in_force_and_a_broken_one_is_not() throws IOException {
    try (Subject service = Subject.start(folder, "urls: ['http://127.0.0.1:1/a']")) {
      assertThat(service.query().fieldNames()).containsExactly("http://127.0.0.1:1/a");

      Subject.write(folder, "urls: ['http://127.0.0.1:1/b']", "app_name: renamed");
      eventually(() -> assertThat(service.query()).anyMatch(e -> e.getKey().endsWith("/b")));
      assertThat(service.json("/healthcheck").getString("app_name")).isEqualTo("renamed");
      assertThat(service.metrics()).doesNotContain("127.0.0.1:1/a\"");

      Subject.write(folder, "urls: {}", "htpp: {}");
      eventually(
          () ->
              assertThat(service.metrics())
                  .contains("echosounder_config_last_reload_successful 0"));
      assertThat(service.query().fieldNames()).containsExactly("http://127.0.0.1:1/b");
      assertThat(service.json("/config").getString("app_name")).isEqualTo("renamed");
    }
  }

  @Test
  void the_swap_of_a_config_map_is_seen() throws IOException {
    // As a kubelet does it: the file and a directory are links, and the directory's is replaced.
    Path mount = Files.createDirectory(folder.resolve("mount"));
    revision(mount, "1", "app_name: first");
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
    Path file =
        Files.createSymbolicLink(
            mount.resolve("echosounder.yaml"), Path.of("..data/echosounder.yaml"));
    try (Subject service = Subject.start(folder, Optional.of(file), Map.of())) {
      assertThat(service.json("/config").getString("app_name")).isEqualTo("first");

      revision(mount, "2", "app_name: second");
      Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
      Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

      eventually(
          () -> assertThat(service.json("/config").getString("app_name")).isEqualTo("second"));
    }
  }

  private static void revision(Path mount, String number, String line) throws IOException {
    Subject.write(Files.createDirectory(mount.resolve(".." + number)), line);
  }

  @Test
  void what_only_a_restart_can_change_stays_in_force() throws IOException {
    try (Subject service = Subject.start(folder, "urls: ['http://127.0.0.1:1/a']")) {
      Subject.write(folder, "roles: [echo]", "app_name: renamed", "management: {port: 1}");

      assertThat(service.reload().statusCode()).isEqualTo(200);

      JsonObject shown = service.json("/config");
      assertThat(shown.getString("app_name")).isEqualTo("renamed");
      assertThat(shown.getJsonArray("roles")).containsExactly("echo", "prober");
      assertThat(shown.getJsonObject("management").containsKey("port")).isFalse();
      assertThat(service.get("/queryurl").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_reload_that_is_asked_for_answers_with_every_problem() throws IOException {
    try (Subject service = Subject.start(folder)) {
      assertThat(service.reload().statusCode()).isEqualTo(200);

      Subject.write(folder, "urls: 5", "htpp: {}");
      HttpResponse<String> refused = service.reload();

      assertThat(refused.statusCode()).isEqualTo(500);
      assertThat(new JsonObject(refused.body()).getJsonArray("problems")).hasSize(2);
      assertThat(refused.body()).contains("did you mean http?");
    }
  }
}
