package dev.echosounder.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDiscoveryTest {

  private static final Duration PERIOD = Duration.ofMillis(20);
  private static final Duration SETTLE = Duration.ofMillis(10);

  @TempDir private Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<FileDiscovery.News> told = new CopyOnWriteArrayList<>();
  private FileDiscovery discovery;

  @AfterEach
  void close() {
    on(
        () -> {
          discovery.close();
          return Future.succeededFuture();
        });
    Waiting.on(vertx.close());
  }

  private void on(Supplier<Future<?>> action) {
    Waiting.on(
        Future.future(
            promise ->
                context.runOnContext(any -> action.get().<Object>mapEmpty().onComplete(promise))));
  }

  private void watch(Duration period, Duration settle, String... globs) {
    Documents documents = new Documents(new TargetMaker(new TestSettings().build()));
    on(
        () -> {
          discovery = new FileDiscovery(vertx, period, settle, () -> documents, told::add);
          return watchNow(globs);
        });
  }

  private Future<?> watchNow(String... globs) {
    return discovery.watch(
        List.of(globs).stream().map(glob -> directory.resolve(glob).toString()).toList());
  }

  private void watch(String... globs) {
    watch(PERIOD, SETTLE, globs);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private static String target(String host) {
    return "- targets: [" + host + "]\n";
  }

  private FileDiscovery.News next(int count) {
    await().until(() -> told.size() >= count);
    assertThat(told).hasSize(count);
    return told.get(count - 1);
  }

  /** What was told of a file: its first target, or the problem. */
  private String read(FileDiscovery.News news, String name) {
    Answer answer = news.read().get(directory.resolve(name).toString());
    return answer.groups().map(groups -> groups.get(0).texts().get(0)).orElse(answer.problem());
  }

  private Set<String> places(String... names) {
    return Set.copyOf(
        List.of(names).stream().map(name -> directory.resolve(name).toString()).toList());
  }

  private void severalLooks() {
    for (int i = 0; i < 10; i++) {
      Waiting.on(vertx.timer(PERIOD.toMillis()));
    }
  }

  @Test
  void files_of_every_form_are_read_when_the_watch_begins() throws IOException {
    write("a.yml", target("a.example"));
    write("b.json", "[{\"targets\": [\"b.example\"]}]");
    write("c.yaml", target("c.example"));
    write("other.txt", target("other.example"));
    Files.createDirectory(directory.resolve("d.yml"));

    watch("*.y*ml", "b.json", "missing.yml");

    FileDiscovery.News news = next(1);
    assertThat(news.places()).isEqualTo(places("a.yml", "b.json", "c.yaml"));
    assertThat(news.read().keySet()).isEqualTo(news.places());
    assertThat(read(news, "b.json")).isEqualTo("b.example");
    severalLooks();
    assertThat(told).as("nothing changed").hasSize(1);
  }

  @Test
  void only_what_changed_is_read() throws IOException {
    write("a.yml", target("a.example"));
    write("b.yml", target("b.example"));
    watch("*.yml");

    write("b.yml", target("new.example"));

    FileDiscovery.News news = next(2);
    assertThat(news.read()).hasSize(1);
    assertThat(read(news, "b.yml")).isEqualTo("new.example");
    assertThat(news.places()).isEqualTo(places("a.yml", "b.yml"));
  }

  @Test
  void files_come_and_go() throws IOException {
    watch("*.yml");
    assertThat(next(1).places()).isEmpty();

    write("a.yml", target("a.example"));
    assertThat(read(next(2), "a.yml")).isEqualTo("a.example");

    Files.delete(directory.resolve("a.yml"));
    assertThat(next(3).places()).isEmpty();
  }

  @Test
  void an_edit_that_keeps_size_and_time_and_an_atomic_rename_are_seen() throws IOException {
    write("a.yml", target("a.example"));
    var time = Files.getLastModifiedTime(directory.resolve("a.yml"));
    watch("*.yml");

    write("a.yml", target("b.example"));
    Files.setLastModifiedTime(directory.resolve("a.yml"), time);
    assertThat(read(next(2), "a.yml")).isEqualTo("b.example");

    write("fresh", target("c.example"));
    Files.move(
        directory.resolve("fresh"),
        directory.resolve("a.yml"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(read(next(3), "a.yml")).isEqualTo("c.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "# nothing\n", "- targets: [", "- targets: [a.exam", "- targets: 5\n"})
  void a_bad_content_is_told_once_and_the_old_one_again_when_it_is_back(String bad)
      throws IOException {
    write("a.yml", target("a.example"));
    watch("*.yml");

    write("a.yml", bad);
    assertThat(read(next(2), "a.yml")).contains("expected");
    assertThat(told.get(1).places()).isEqualTo(places("a.yml"));
    severalLooks();
    assertThat(told).hasSize(2);

    write("a.yml", target("a.example"));
    assertThat(read(next(3), "a.yml")).isEqualTo("a.example");
  }

  @Test
  void a_file_that_does_not_stay_is_not_read_and_keeps_no_other_from_being() throws Exception {
    write("a.yml", target("a.example"));
    watch(PERIOD, Duration.ofSeconds(1), "*.yml");

    write("b.yml", target("b.example"));
    for (int i = 0; told.size() < 2; i++) {
      write("a.yml", target("version-" + i));
      Waiting.on(vertx.timer(10));
    }
    write("a.yml", target("last.example"));

    FileDiscovery.News b = told.get(1);
    assertThat(b.read().keySet()).isEqualTo(places("b.yml"));
    assertThat(b.places()).isEqualTo(places("a.yml", "b.yml"));
    assertThat(read(next(3), "a.yml")).isEqualTo("last.example");
  }

  @Test
  void the_files_of_a_directory_that_cannot_be_read_are_not_gone() throws IOException {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path folder = Files.createSymbolicLink(directory.resolve("folder"), real);
    write("folder/a.yml", target("a.example"));
    watch("folder/*.yml");

    Path loop = Files.createSymbolicLink(directory.resolve("loop"), folder);
    Files.move(loop, folder, StandardCopyOption.ATOMIC_MOVE);

    FileDiscovery.News news = next(2);
    assertThat(news.places()).isEqualTo(places("folder/a.yml", "folder/*.yml"));
    assertThat(read(news, "folder/*.yml"))
        .isEqualTo("got a directory that cannot be read, expected one that can");

    Path back = Files.createSymbolicLink(directory.resolve("back"), real);
    Files.move(back, folder, StandardCopyOption.ATOMIC_MOVE);

    assertThat(next(3).places()).isEqualTo(places("folder/a.yml"));
  }

  @Test
  void a_directory_and_a_pipe_are_no_files_of_targets() throws Exception {
    Files.createDirectory(directory.resolve("d.yml"));
    assertThat(
            new ProcessBuilder("mkfifo", directory.resolve("p.yml").toString()).start().waitFor())
        .isZero();

    watch("d.yml", "p.yml");

    String problem = "got something that is no regular file, expected a YAML or JSON file";
    assertThat(read(next(1), "d.yml")).isEqualTo(problem);
    assertThat(read(next(1), "p.yml")).isEqualTo(problem);
  }

  @Test
  void a_file_beyond_the_bound_is_not_read_into_memory() throws Exception {
    try (var file = new java.io.RandomAccessFile(directory.resolve("a.yml").toFile(), "rw")) {
      file.setLength((64L << 20) + 1);
    }

    watch("a.yml");

    assertThat(read(next(1), "a.yml"))
        .isEqualTo("got more than 64 MiB, expected a YAML or JSON file");
  }

  @Test
  void of_too_many_files_the_first_by_name_are_read() throws IOException {
    for (int i = 0; i < 1_001; i++) {
      write("f-%04d.yml".formatted(i), target("h" + i));
    }

    watch(Duration.ofHours(1), SETTLE, "*.yml");

    FileDiscovery.News news = next(1);
    assertThat(news.read()).hasSize(1_001);
    assertThat(news.places()).contains(directory.resolve("f-0999.yml").toString());
    assertThat(news.places()).doesNotContain(directory.resolve("f-1000.yml").toString());
    assertThat(news.read().get(directory.resolve("*.yml").toString()).problem())
        .isEqualTo(
            "got more files, expected at most 1000; others than the first by name are not read");
  }

  @Test
  void other_globs_are_looked_at_at_once_and_a_refused_file_is_read_again() throws IOException {
    write("a.yml", target("a.example"));
    write("b.yml", "- target: [b.example]\n");
    watch(Duration.ofHours(1), SETTLE, "*.yml");

    on(() -> watchNow("b.yml"));

    FileDiscovery.News news = next(2);
    assertThat(news.places()).isEqualTo(places("b.yml"));
    assertThat(news.read().keySet()).isEqualTo(places("b.yml"));
  }

  @Test
  void nothing_is_told_after_the_end() throws IOException {
    watch("*.yml");
    on(
        () -> {
          discovery.close();
          return Future.succeededFuture();
        });

    write("a.yml", target("a.example"));
    severalLooks();

    assertThat(told).hasSize(1);
  }
}
