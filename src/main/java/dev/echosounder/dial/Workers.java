package dev.echosounder.dial;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Hands what would hold up an event loop to worker threads, and brings the outcome back. Vert.x
 * ends a loop without waiting for them; an outcome that comes later has nowhere to go, and its
 * thread reports that as a defect. So the loop's end waits for all of this. Used on one event loop
 * only.
 */
public final class Workers {

  /**
   * Which threads do the work. Each lane has its own, so that a body that takes until its deadline
   * holds up neither small ones nor what every probe needs.
   */
  public enum Lane {
    /** What takes milliseconds. */
    SHORT("echosounder-probes", 4),
    /** Decoding, which takes as long as its limit allows. */
    DECODING("echosounder-decoding", 2),
    /**
     * What takes as long as an answer makes it take. More than there are cores: they share them.
     */
    LONG("echosounder-judging", 8);

    private final String pool;
    private final int threads;

    Lane(String pool, int threads) {
      this.pool = pool;
      this.threads = threads;
    }
  }

  private final Map<Lane, WorkerExecutor> lanes = new EnumMap<>(Lane.class);
  private final Set<Future<?>> underWay = new LinkedHashSet<>();

  /** Those of the event loop of a context, whose end waits for them. */
  public Workers(ContextInternal context) {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, context.owner().createSharedWorkerExecutor(lane.pool, lane.threads));
    }
    context.addCloseHook(
        closed ->
            context.runOnContext(
                now ->
                    Future.join(List.copyOf(underWay))
                        .transform(end -> close())
                        .onComplete(end -> closed.succeed())));
  }

  private Future<?> close() {
    return Future.join(lanes.values().stream().map(WorkerExecutor::close).toList());
  }

  /**
   * Runs work that blocks or takes milliseconds.
   *
   * @return what the work returns, or a failure with what it throws
   */
  public <T> Future<T> run(Callable<T> work) {
    return run(work, Lane.SHORT, false);
  }

  /**
   * Runs work that blocks or takes long.
   *
   * @param oneAtATime whether it waits for all other work of this event loop in this lane that asks
   *     for the same
   */
  public <T> Future<T> run(Callable<T> work, Lane lane, boolean oneAtATime) {
    Future<T> outcome = lanes.get(lane).executeBlocking(work, oneAtATime);
    underWay.add(outcome);
    return outcome.onComplete(end -> underWay.remove(outcome));
  }
}
