package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Vitals;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every verticle once a second whether it is there, and tells all that want to know. What
 * counts are unanswered questions in a row, not time, so that a pause of the whole process
 * (SIGSTOP, a long collection) is one missed question and not an outage.
 *
 * <p>It runs on a thread of its own, and its clock is none of Vert.x's, whose timers stand on event
 * loops: whichever of them is blocked, this one goes on.
 */
public final class PulseVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(PulseVerticle.class);

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final List<String> names;
  private List<Beat> beats = List.of();
  private Bus bus;
  private volatile boolean stopped;

  /**
   * @param names those that {@link Address#PING} is answered under
   */
  public PulseVerticle(List<String> names) {
    this.names = List.copyOf(names);
  }

  /** How it is to be deployed. */
  public static DeploymentOptions options() {
    return new DeploymentOptions()
        .setThreadingModel(ThreadingModel.WORKER)
        .setWorkerPoolName("echosounder-pulse")
        .setWorkerPoolSize(1);
  }

  @Override
  public Future<?> start() {
    bus = Bus.of(vertx);
    beats = names.stream().map(name -> new Beat(name, bus)).toList();
    publish();
    askLater();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    bus.publish(Address.VITALS, new Vitals(List.of()));
    return Future.succeededFuture();
  }

  private void askLater() {
    CompletableFuture.delayedExecutor(PERIOD.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::askNow);
  }

  private void askNow() {
    try {
      if (!stopped) {
        context.runOnContext(now -> ask());
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("Stopped meanwhile", e);
    }
  }

  private void ask() {
    if (stopped) {
      return;
    }
    beats.forEach(Beat::ask);
    publish();
    askLater();
  }

  private void publish() {
    bus.publish(Address.VITALS, new Vitals(beats.stream().map(Beat::vital).toList()));
  }
}
