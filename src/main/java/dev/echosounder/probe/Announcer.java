package dev.echosounder.probe;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.ProbeResults;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Tells others of results, those of {@value #DELAY_MS} ms at once: at 4,000 probes a second a
 * message for each took a seventh of their CPU, to wake up the event loop it was for. Used on one
 * event loop only.
 */
final class Announcer {

  private static final int DELAY_MS = 10;

  private final Vertx vertx;
  private final Consumer<ProbeResults> onResults;
  private final List<ProbeResult> verdicts = new ArrayList<>();
  private final List<ProbeResult> retried = new ArrayList<>();
  private OptionalLong timer = OptionalLong.empty();

  /**
   * @param onResults called with what came since it was called last
   */
  Announcer(Vertx vertx, Consumer<ProbeResults> onResults) {
    this.vertx = vertx;
    this.onResults = onResults;
  }

  /** A turn of a target has ended. */
  void verdict(ProbeResult result) {
    verdicts.add(result);
    soon();
  }

  /** An attempt failed, and another one follows. */
  void retried(ProbeResult failed) {
    retried.add(failed);
    soon();
  }

  /** Tells now what was not told yet, before an answer that shows that it has come. */
  void tell() {
    if (timer.isPresent()) {
      vertx.cancelTimer(timer.getAsLong());
      timer = OptionalLong.empty();
      onResults.accept(new ProbeResults(verdicts, retried));
      verdicts.clear();
      retried.clear();
    }
  }

  private void soon() {
    if (timer.isEmpty()) {
      timer = OptionalLong.of(vertx.setTimer(DELAY_MS, id -> tell()));
    }
  }
}
