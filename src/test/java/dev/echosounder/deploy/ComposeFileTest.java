package dev.echosounder.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ComposeFileTest {

  private static final String FILE = "docker/local-compose.yml";

  private static Map<String, Object> services() throws IOException {
    return Yaml.map(Yaml.read(FILE).get("services"));
  }

  static Set<String> names() throws IOException {
    return services().keySet();
  }

  private static Map<String, Object> service(String name) throws IOException {
    return Yaml.map(services().get(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_service_may_do_no_more_than_it_needs(String name) throws IOException {
    Map<String, Object> service = service(name);

    assertThat(service)
        .containsEntry("read_only", true)
        .containsEntry("cap_drop", List.of("ALL"))
        .containsEntry("security_opt", List.of("no-new-privileges:true"))
        .containsEntry("restart", "unless-stopped")
        .containsKeys("mem_limit", "cpus", "pids_limit")
        .doesNotContainKeys("privileged", "network_mode", "user", "container_name");
    assertThat(Yaml.map(service.get("healthcheck"))).containsKeys("test", "interval", "timeout");
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_port_is_published_on_loopback_and_can_be_changed(String name) throws IOException {
    assertThat(Yaml.list(service(name).get("ports")))
        .allSatisfy(
            port ->
                assertThat(port.toString())
                    .matches("127\\.0\\.0\\.1:\\$\\{[A-Z]+_PORT:-\\d+}:\\d+"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void an_image_has_a_version(String name) throws IOException {
    assertThat(service(name).get("image").toString()).matches("[a-z/]+:v?\\d+\\.\\d+\\.\\d+");
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_is_mounted_from_the_repository_is_there_and_cannot_be_written(String name)
      throws IOException {
    assertThat(
            Yaml.list(service(name).get("volumes")).stream()
                .map(Object::toString)
                .filter(volume -> volume.startsWith(".")))
        .allSatisfy(
            volume -> {
              assertThat(volume).endsWith(":ro");
              String source = volume.substring(0, volume.indexOf(':'));
              assertThat(Path.of("docker").resolve(source)).exists();
            });
  }

  @Test
  void the_images_of_echosounder_have_the_version_of_the_project() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = pom.replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");

    assertThat(service("echosounder")).containsEntry("image", "echosounder/echosounder:" + version);
    assertThat(service("siege")).containsEntry("image", "echosounder/siege:" + version);
  }

  @Test
  void nothing_but_the_profile_keeps_siege_from_starting() throws IOException {
    assertThat(service("siege")).containsEntry("profiles", List.of("siege"));
    assertThat(services().keySet().stream().filter(name -> hasProfile(name)))
        .containsExactly("siege");
  }

  private static boolean hasProfile(String name) {
    try {
      return service(name).containsKey("profiles");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void its_page_names_every_port() throws IOException {
    String page = Files.readString(Path.of("docs/local.md"));
    List<String> ports = services().keySet().stream().flatMap(ComposeFileTest::ports).toList();

    assertThat(ports).hasSizeGreaterThanOrEqualTo(5);
    assertThat(ports).allSatisfy(port -> assertThat(page).contains(port));
  }

  /** Such as {@code | `ECHOSOUNDER_PORT` | 8080 |}. */
  private static Stream<String> ports(String name) {
    try {
      return Yaml.list(service(name).get("ports")).stream()
          .map(port -> port.toString().replaceFirst(".*\\{(\\w+):-(\\d+)}.*", "| `$1` | $2 |"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void docker_takes_it() throws Exception {
    Tool.needs("docker");
    Process process =
        new ProcessBuilder(
                "docker", "compose", "-f", FILE, "--profile", "*", "config", "--services")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines().collect(Collectors.toSet())).isEqualTo(names());
  }
}
