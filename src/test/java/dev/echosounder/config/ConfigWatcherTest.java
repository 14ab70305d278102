package dev.echosounder.config;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Settings;
import dev.echosounder.testing.PemText;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigWatcherTest extends ConfigFixture {

  private static final Duration PERIOD = Duration.ofMillis(20);

  private final List<Reading> told = new CopyOnWriteArrayList<>();
  private ConfigSource source;
  private ConfigWatcher watcher;

  @AfterEach
  void end() {
    watcher.close();
  }

  private void watch() throws Exception {
    watch(PERIOD, Duration.ofMillis(10));
  }

  private void watch(Duration period, Duration settle) throws Exception {
    source = source == null ? source(Map.of()) : source;
    read(source);
    watcher = new ConfigWatcher(vertx, source, period, settle, told::add);
  }

  private Reading next(int count) {
    await().atMost(20, SECONDS).until(() -> told.size() >= count);
    assertThat(told).hasSize(count);
    return told.get(count - 1);
  }

  private static String appName(Reading reading) {
    return reading.settings().map(Settings::appName).orElse(reading.problems().toString());
  }

  /** Long enough for several looks: the watcher has had its chance to be wrong. */
  private void severalLooks() throws Exception {
    for (int i = 0; i < 10; i++) {
      vertx.timer(PERIOD.toMillis()).await(20, SECONDS);
    }
  }

  private void replace(String yaml) throws IOException {
    Path fresh = Files.writeString(directory.resolve("fresh"), yaml);
    Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void an_edit_in_place_is_told_once() throws Exception {
    write("app_name: one\n");
    watch();
    severalLooks();
    assertThat(told).isEmpty();

    write("app_name: two\n");

    assertThat(appName(next(1))).isEqualTo("two");
    severalLooks();
    assertThat(told).hasSize(1);
  }

  @Test
  void an_edit_that_keeps_size_and_time_is_seen() throws Exception {
    write("app_name: one\n");
    var time = Files.getLastModifiedTime(file());
    watch();

    write("app_name: two\n");
    Files.setLastModifiedTime(file(), time);

    assertThat(appName(next(1))).isEqualTo("two");
  }

  @Test
  void an_atomic_rename_is_seen() throws Exception {
    write("app_name: one\n");
    watch();

    replace("app_name: two\n");

    assertThat(appName(next(1))).isEqualTo("two");
  }

  @Test
  void the_symlink_swap_of_a_config_map_is_seen() throws Exception {
    Path old = Files.createDirectory(directory.resolve("..1"));
    Path fresh = Files.createDirectory(directory.resolve("..2"));
    Files.writeString(old.resolve("echosounder.yaml"), "app_name: one\n");
    Files.writeString(fresh.resolve("echosounder.yaml"), "app_name: two\n");
    Path data = Files.createSymbolicLink(directory.resolve("..data"), old.getFileName());
    Files.createSymbolicLink(file(), Path.of("..data", "echosounder.yaml"));
    watch();

    Path swapped = Files.createSymbolicLink(directory.resolve("..tmp"), fresh.getFileName());
    Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);

    assertThat(appName(next(1))).isEqualTo("two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "app_name: [\n", "app_nam: x\n", "app_name: half"})
  void a_bad_content_is_told_once_and_the_old_one_again_when_it_is_back(String bad)
      throws Exception {
    write("app_name: one\n");
    watch();

    replace(bad);
    assertThat(next(1).problems()).hasSize(1);
    severalLooks();
    assertThat(told).hasSize(1);

    replace("app_name: one\n");
    assertThat(appName(next(2))).isEqualTo("one");
  }

  @Test
  void a_half_written_file_is_refused_at_a_reload_but_not_at_the_start() throws Exception {
    write("app_name: one");
    watch();

    write("app_name: one-and-a-ha");
    assertThat(next(1).problems())
        .containsExactly(
            file()
                + ": got a last line without an end, as of a file that is being written,"
                + " expected a newline at the end");

    write("app_name: one");
    assertThat(appName(next(2))).isEqualTo("one");
  }

  @Test
  void json_needs_no_newline_at_its_end() throws Exception {
    write("{\"app_name\": \"one\"}");
    watch();

    write("{\"app_name\": \"two\"}");

    assertThat(appName(next(1))).isEqualTo("two");
  }

  @Test
  void a_file_that_is_gone_is_told_once_and_back_again() throws Exception {
    write("app_name: one\n");
    watch();

    Files.delete(file());
    assertThat(appName(next(1))).contains("got no file");
    severalLooks();
    Files.createDirectory(file());
    assertThat(appName(next(2))).contains("got a directory");
    Files.delete(file());
    assertThat(appName(next(3))).contains("got no file");

    write("app_name: one\n");
    assertThat(appName(next(4))).isEqualTo("one");
  }

  @Test
  void a_file_at_the_default_place_is_seen_when_it_comes_and_missed_when_it_goes()
      throws Exception {
    source = ConfigSource.of(vertx, Optional.empty(), Map.of(), file());
    watch();

    write("app_name: one\n");
    assertThat(appName(next(1))).isEqualTo("one");
    assertThat(told.get(0).embeddedDefault()).isFalse();

    Files.delete(file());
    assertThat(appName(next(2))).contains("got no file");
  }

  private static String bearer(Reading reading) {
    return reading
        .settings()
        .map(settings -> (HttpOptions) settings.modules().get("m").options())
        .flatMap(http -> http.client().credentials())
        .map(credentials -> credentials.value().value())
        .orElse(reading.problems().toString());
  }

  private void writeWithToken(Path token, String end) throws IOException {
    write("modules: {m: {prober: http, http: {bearer_token_file: %s}}}%s".formatted(token, end));
  }

  @Test
  void a_token_that_is_rotated_is_told_once() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "one\n");
    writeWithToken(token, "\n");
    watch();
    severalLooks();
    assertThat(told).isEmpty();

    Files.writeString(token, "two\n");

    assertThat(bearer(next(1))).isEqualTo("two");
    severalLooks();
    assertThat(told).hasSize(1);
  }

  @Test
  void a_token_is_rotated_by_the_symlink_swap_of_a_secret() throws Exception {
    Path one = Files.writeString(directory.resolve("one"), "one\n");
    Path two = Files.writeString(directory.resolve("two"), "two\n");
    Path token = Files.createSymbolicLink(directory.resolve("token"), one);
    writeWithToken(token, "\n");
    watch();

    Path swapped = Files.createSymbolicLink(directory.resolve("tmp"), two);
    Files.move(swapped, token, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

    assertThat(bearer(next(1))).isEqualTo("two");
  }

  @Test
  void a_named_file_that_is_gone_is_told_once_and_back_again() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "one\n");
    writeWithToken(token, "\n");
    watch();

    Files.delete(token);
    assertThat(bearer(next(1))).contains("modules.m.http.bearer_token_file: got no file");
    severalLooks();
    assertThat(told).hasSize(1);

    Files.writeString(token, "one\n");
    assertThat(bearer(next(2))).isEqualTo("one");
  }

  @Test
  void a_named_file_that_is_missing_at_first_is_seen_when_it_comes() throws Exception {
    Path token = directory.resolve("token");
    write("urls: []\n");
    watch();
    writeWithToken(token, "\n");
    assertThat(next(1).settings()).isEmpty();

    Files.writeString(token, "one\n");

    assertThat(bearer(next(2))).isEqualTo("one");
  }

  @Test
  void a_file_that_is_named_no_more_is_not_looked_at() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "one\n");
    writeWithToken(token, "\n");
    watch();
    write("app_name: other\n");
    next(1);

    Files.writeString(token, "two\n");
    severalLooks();

    assertThat(told).hasSize(1);
  }

  @Test
  void a_rotation_beside_a_configuration_without_an_end_is_no_half_written_one() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "one\n");
    writeWithToken(token, "");
    watch();

    Files.writeString(token, "two\n");

    assertThat(bearer(next(1))).isEqualTo("two");
  }

  @Test
  void a_certificate_and_its_key_may_be_rotated_one_after_the_other() throws Exception {
    PemText old = PemText.ofCurve();
    PemText fresh = PemText.ofCurve();
    Path certificate = Files.writeString(directory.resolve("cert"), old.certificate());
    Path key = Files.writeString(directory.resolve("key"), old.key());
    write(
        "modules: {m: {prober: http, http: {tls_config: {cert_file: %s, key_file: %s}}}}\n"
            .formatted(certificate, key));
    watch();

    Files.writeString(certificate, fresh.certificate());
    assertThat(next(1).problems())
        .singleElement()
        .asString()
        .contains("got a key that does not fit the certificate");

    Files.writeString(key, fresh.key());
    assertThat(next(2).settings()).isPresent();
  }

  @Test
  void a_rotation_between_two_looks_is_not_missed() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "one\n");
    writeWithToken(token, "\n");
    watch(Duration.ofHours(1), Duration.ZERO);

    Files.writeString(token, "two\n");

    assertThat(bearer(watcher.readNow().await(20, SECONDS))).isEqualTo("two");
  }

  @Test
  void a_content_that_does_not_stay_is_not_read() throws Exception {
    write("app_name: one\n");
    watch(PERIOD, Duration.ofSeconds(1));

    for (int i = 0; i < 60; i++) {
      write("app_name: version-" + i + "\n");
      vertx.timer(25).await(20, SECONDS);
    }

    await().atMost(20, SECONDS).until(() -> !told.isEmpty());
    assertThat(told).map(ConfigWatcherTest::appName).containsExactly("version-59");
  }

  @Test
  void a_reading_that_is_asked_for_is_made_at_once_and_told() throws Exception {
    write("app_name: one\n");
    watch(Duration.ofHours(1), Duration.ZERO);

    write("app_name: two\n");
    Reading reading = watcher.readNow().await(20, SECONDS);

    assertThat(appName(reading)).isEqualTo("two");
    assertThat(told).containsExactly(reading);
  }

  @Test
  void readings_that_wait_for_their_turn_are_one() throws Exception {
    write("app_name: one\n");
    watch();
    List<Future<Reading>> asked = Stream.generate(watcher::readNow).limit(50).toList();
    asked.get(49).await(20, SECONDS);

    assertThat(asked).allMatch(Future::succeeded);
    assertThat(told).hasSizeLessThan(10);
  }

  @Test
  void nothing_is_told_after_the_end() throws Exception {
    write("app_name: one\n");
    watch();

    watcher.close();
    write("app_name: two\n");
    severalLooks();

    assertThat(told).isEmpty();
  }
}
