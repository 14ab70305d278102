package dev.echosounder.discovery;

import dev.echosounder.config.Rounds;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads files of targets in Prometheus' file_sd format, each when its content changed: it compares
 * contents, and what looks the same twice, {@code settle} apart, is read. Files are read by worker
 * threads, one after another. To be used on one event loop.
 */
final class FileDiscovery {

  private final Vertx vertx;
  private final Duration settle;
  private final Supplier<Documents> documents;
  private final Handler<News> handler;
  private final Rounds<Void> rounds;
  private List<String> globs = List.of();
  private FileLook last = FileLook.NONE;
  private final Set<String> failing = new HashSet<>();

  /**
   * What changed.
   *
   * @param read what came of reading each file that was read now
   * @param places those that there are, read now or before
   */
  record News(SortedMap<String, Answer> read, Set<String> places) {}

  /**
   * Starts to watch, no file yet.
   *
   * @param documents how to read a file, by the configuration in force
   * @param handler is told of each change on this event loop
   */
  FileDiscovery(
      Vertx vertx,
      Duration period,
      Duration settle,
      Supplier<Documents> documents,
      Handler<News> handler) {
    this.vertx = vertx;
    this.settle = settle;
    this.documents = documents;
    this.handler = handler;
    this.rounds =
        new Rounds<>(vertx, period, "the files of targets", this::readIfChanged, this::readAll);
  }

  /**
   * Watches these files from now on, and reads at once those that are new, changed or were refused
   * when they were last read, since another configuration may take them. Done when the handler was
   * told.
   */
  Future<?> watch(List<String> newGlobs) {
    globs = List.copyOf(newGlobs);
    return nothingToSee() ? Future.succeededFuture() : rounds.readNow();
  }

  /** Ends watching; the handler is not told of anything later. */
  void close() {
    rounds.close();
  }

  private boolean nothingToSee() {
    return globs.isEmpty() && last.equals(FileLook.NONE);
  }

  private Future<Void> readAll() {
    return look().compose(look -> read(look, failing));
  }

  private Future<?> readIfChanged() {
    return nothingToSee()
        ? Future.succeededFuture()
        : look()
            .compose(look -> look.equals(last) ? Future.succeededFuture() : readIfSettled(look));
  }

  private Future<?> readIfSettled(FileLook first) {
    return vertx
        .timer(Math.max(1, settle.toMillis()), TimeUnit.MILLISECONDS)
        .compose(any -> look())
        .map(second -> second.settled(first, last))
        .compose(
            settled -> settled.equals(last) ? Future.succeededFuture() : read(settled, Set.of()));
  }

  private Future<FileLook> look() {
    List<String> now = globs;
    FileLook before = last;
    return vertx.executeBlocking(() -> FileLook.at(now, before), false);
  }

  /** Reads the files that the last look did not find so, and those that are to be read again. */
  private Future<Void> read(FileLook look, Set<String> again) {
    Documents reader = documents.get();
    Set<String> files = look.changedSince(last);
    files.addAll(again);
    return vertx
        .executeBlocking(() -> read(look, files, reader), false)
        .map(
            read -> {
              tell(look, files, read);
              return null;
            });
  }

  private static SortedMap<String, Answer> read(
      FileLook look, Set<String> files, Documents reader) {
    SortedMap<String, Answer> read = new TreeMap<>();
    for (String file : files) {
      FileContent.read(Path.of(file))
          // What has changed since is left to the next look.
          .filter(content -> content.stamp().equals(look.stamps().get(file)))
          .ifPresent(content -> read.put(file, reader.file(file, content)));
    }
    return read;
  }

  private void tell(FileLook look, Set<String> files, SortedMap<String, Answer> read) {
    if (rounds.isClosed()) {
      return;
    }
    failing.retainAll(look.stamps().keySet());
    failing.removeAll(read.keySet());
    read.forEach(
        (file, answer) -> {
          if (answer.groups().isEmpty()) {
            failing.add(file);
          }
        });
    files.removeAll(read.keySet());
    SortedMap<String, Answer> all = new TreeMap<>(read);
    all.putAll(look.newProblems(last));
    last = look.without(files);
    handler.handle(new News(all, look.places()));
  }
}
