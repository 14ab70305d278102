package dev.echosounder.config;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.settings.Settings;
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
