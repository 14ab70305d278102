package dev.echosounder.probe;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.settings.Target;
import io.vertx.core.Future;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import java.util.function.Consumer;

/**
 * The probes of one turn: one that fails is followed by another, a while later, as often as the
 * target asks for. Each takes a slot of its own, and none is held in between. Used on one event
 * loop only.
 */
final class Attempts {

  private final Vertx vertx;
  private final Launcher launcher;
  private final Target target;
  private final Consumer<ProbeResult> onRetry;
  private Runnable end = () -> {};
  private boolean aborted;

  /**
   * @param onRetry called with the result of each failed attempt that another one follows
   */
  Attempts(Vertx vertx, Launcher launcher, Target target, Consumer<ProbeResult> onRetry) {
    this.vertx = vertx;
    this.launcher = launcher;
    this.target = target;
    this.onRetry = onRetry;
  }

  /**
   * Begins the first.
   *
   * @param onStart called when it has its slot, if it gets one
   * @return the turn as a whole; its result is that of the last attempt
   */
  Flight begin(Runnable onStart) {
    return new Flight(attempt(target.options().retries(), onStart), this::abort);
  }

  private Future<ProbeResult> attempt(int retriesLeft, Runnable onStart) {
    Flight flight = launcher.launch(target, onStart);
    end = flight.abort();
    return flight
        .result()
        .compose(
            result ->
                result.up() || retriesLeft == 0 || aborted
                    ? Future.succeededFuture(result)
                    : retry(result, retriesLeft - 1));
  }

  private Future<ProbeResult> retry(ProbeResult failed, int retriesLeft) {
    onRetry.accept(failed);
    Timer pause = vertx.timer(target.options().retryInterval().toMillis());
    end = pause::cancel;
    return pause.transform(
        over -> aborted ? Future.succeededFuture(failed) : attempt(retriesLeft, () -> {}));
  }

  private void abort() {
    aborted = true;
    end.run();
  }
}
