package dev.echosounder.config;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Tells of each new content of the configuration file. It compares contents, not times, so an edit
 * in place, a rename and the symlink swap of a Kubernetes ConfigMap are all seen; what looks the
 * same twice, {@code settle} apart, is read. Readings never overlap. Methods may be called from any
 * thread; the handler runs on the context that the watcher was made on.
 */
public final class ConfigWatcher {

  /** How often the file is looked at. */
  public static final Duration PERIOD = Duration.ofSeconds(5);

  /** How long a new content must stay the same before it is read. */
  public static final Duration SETTLE = Duration.ofMillis(500);

  private final Vertx vertx;
  private final ConfigSource source;
  private final Duration settle;
  private final Handler<Reading> handler;
  private final Rounds<Reading> rounds;
  private Look told;

  /**
   * Starts to watch.
   *
   * @param source the source, once it has been read for the start
   * @param handler is told of each reading that was made because the content changed or because
   *     {@link #readNow} asked for it; never twice of a content that stays the same
   */
  public ConfigWatcher(
      Vertx vertx,
      ConfigSource source,
      Duration period,
      Duration settle,
      Handler<Reading> handler) {
    this.vertx = vertx;
    this.source = source;
    this.settle = settle;
    this.handler = handler;
    this.told = source.lastRead();
    this.rounds =
        new Rounds<>(vertx, period, "the configuration file", this::readIfChanged, this::read);
  }

  /**
   * Reads the file, changed or not, after what is under way. A call while another one waits for its
   * turn gets the same reading. The future fails only if Vert.x is closed; it completes after the
   * handler was told.
   */
  public Future<Reading> readNow() {
    return rounds.readNow();
  }

  /** Ends watching; the handler is not told of anything later. */
  public void close() {
    rounds.close();
  }

  private Future<Reading> read() {
    return source.look().compose(this::tell);
  }

  private Future<?> readIfChanged() {
    return source
        .look()
        .compose(look -> look.equals(told) ? Future.succeededFuture() : readIfSettled(look));
  }

  private Future<?> readIfSettled(Look first) {
    return vertx
        .timer(Math.max(1, settle.toMillis()), TimeUnit.MILLISECONDS)
        .compose(any -> source.look())
        .compose(second -> second.equals(first) ? tell(second) : Future.succeededFuture());
  }

  private Future<Reading> tell(Look look) {
    return source
        .reread(look)
        // Mapped: of two listeners to a future the later one may be called first.
        .map(
            reading -> {
              told = source.lastRead();
              if (!rounds.isClosed()) {
                handler.handle(reading);
              }
              return reading;
            });
  }
}
