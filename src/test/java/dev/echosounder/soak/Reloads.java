package dev.echosounder.soak;

import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Changes the files of a service every few seconds, and sees what a reload answers. */
final class Reloads implements AutoCloseable {

  private static final long PERIOD_SECONDS = 3;

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final HttpClient client;
  private final Surface surface;
  private final ConfigurationFiles files;
  private final String discovered;
  private final Outcomes outcomes;
  private int number;

  /**
   * Reads the first targets.
   *
   * @param discovered the URL of a good target, to which paths are added
   */
  Reloads(
      Vertx vertx,
      Surface surface,
      ConfigurationFiles files,
      String discovered,
      Outcomes outcomes) {
    this.client = vertx.createHttpClient(surface.client(HttpVersion.HTTP_1_1));
    this.surface = surface;
    this.files = files;
    this.discovered = discovered;
    this.outcomes = outcomes;
  }

  /** Puts the first targets in force. */
  void first() throws Exception {
    files.swap(0);
    reload(200);
  }

  /** Begins to change them. */
  void start() {
    thread.scheduleWithFixedDelay(this::next, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private void next() {
    try {
      change(++number);
    } catch (Exception | AssertionError e) {
      outcomes.bad("reload", e);
    }
  }

  private void change(int step) throws Exception {
    switch (step % 6) {
      case 0 -> {
        files.swap(step / 6);
        reload(200);
      }
      case 1 -> files.discover(step, discovered);
      case 2 -> {
        files.damage(step / 6);
        reload(500);
      }
      case 3 -> {
        files.edit(step / 6 + 1);
        reload(200);
      }
      case 4 -> {
        files.rotate();
        reload(200);
      }
      default -> reload(200);
    }
  }

  /** Ends the changes, and has a configuration read that has no target. */
  void leaveNone() throws Exception {
    thread.shutdown();
    if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new AssertionError("a reload goes on");
    }
    files.empty();
    reload(200);
  }

  private void reload(int expected) {
    int status =
        Waiting.on(
            client
                .request(surface.reserved(HttpMethod.POST, "/-/reload"))
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> response.statusCode())));
    if (status == expected) {
      outcomes.good("reload, " + status);
    } else {
      outcomes.bad("reload", status + " instead of " + expected);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
