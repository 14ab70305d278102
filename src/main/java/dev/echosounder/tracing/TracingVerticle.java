package dev.echosounder.tracing;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Owns the tracing of the service: tells what became of the spans, and closes it in the end. */
public final class TracingVerticle extends VerticleBase {

  /** Which of several verticles this one is at {@link Address#PING}. */
  public static final String NAME = "tracing";

  private final Tracing tracing;

  /** A verticle for one that has begun; deployed once. */
  public TracingVerticle(Tracing tracing) {
    this.tracing = tracing;
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    return Future.all(
        bus.answer(Address.TRACING_TOTALS, asked -> Future.succeededFuture(tracing.totals()))
            .completion(),
        bus.answer(Address.PING.of(NAME), Future::succeededFuture).completion());
  }

  @Override
  public Future<?> stop() {
    tracing.close();
    return Future.succeededFuture();
  }
}
