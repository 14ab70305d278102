package dev.echosounder.dial;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Hands what would hold up an event loop to worker threads, and brings the outcome back. Vert.x
 * ends a loop without waiting for them; an outcome that comes later has nowhere to go, and its
 * thread reports that as a defect. So the loop's end waits for all of this. Used on one event loop
 * only.
 */
public final class Workers {

  /** So that what judges answers holds up neither the metrics page nor the configuration. */
  private static final String POOL = "echosounder-probes";

  private static final int THREADS = 4;

  private final WorkerExecutor pool;
  private final Set<Future<?>> underWay = new LinkedHashSet<>();

  /** Those of the event loop of a context, whose end waits for them. */
  public Workers(ContextInternal context) {
    this.pool = context.owner().createSharedWorkerExecutor(POOL, THREADS);
    context.addCloseHook(
        closed ->
            context.runOnContext(
                now ->
                    Future.join(List.copyOf(underWay))
                        .transform(end -> pool.close())
                        .onComplete(end -> closed.succeed())));
  }

  /**
   * Runs work that blocks or takes long, beside whatever else runs.
   *
   * @return what the work returns, or a failure with what it throws
   */
  public <T> Future<T> run(Callable<T> work) {
    return run(work, false);
  }

  /**
   * Runs work that blocks or takes long.
   *
   * @param oneAtATime whether it waits for all other work of this event loop that asks for the same
   */
  public <T> Future<T> run(Callable<T> work, boolean oneAtATime) {
    Future<T> outcome = pool.executeBlocking(work, oneAtATime);
    underWay.add(outcome);
    return outcome.onComplete(end -> underWay.remove(outcome));
  }
}
