package dev.echosounder.bus;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The event bus with the types of its addresses. Messages are immutable and handed over as they
 * are, within one process; handlers run on the event loop of the verticle that registered them, and
 * end with it.
 */
public final class Bus {

  private static final int FAILED = 1;
  private static final int BUSY = 2;

  private final EventBus eventBus;

  private Bus(EventBus eventBus) {
    this.eventBus = eventBus;
  }

  /** The bus of a Vert.x instance whose codecs {@link #install} has registered. */
  public static Bus of(Vertx vertx) {
    return new Bus(vertx.eventBus());
  }

  /**
   * Registers the codec of every message; once for each Vert.x instance, before anything else uses
   * its bus.
   */
  public static Bus install(Vertx vertx) {
    Address.ALL.stream()
        .flatMap(address -> Stream.of(address.message(), address.reply()))
        .filter(type -> type != Void.class)
        .distinct()
        .forEach(type -> register(vertx.eventBus(), type));
    return of(vertx);
  }

  private static <T> void register(EventBus eventBus, Class<T> type) {
    eventBus.registerDefaultCodec(type, new HandOverCodec<>(type));
  }

  /** Sends a message to every listener; none is not an error. */
  public <M> void publish(Address<M, Void> address, M message) {
    eventBus.publish(address.name(), message);
  }

  /**
   * Asks the one that answers at the address.
   *
   * @return the reply; fails with a {@link ReplyException} if nobody listens, nobody answered in
   *     time, or answering failed
   */
  public <M, R> Future<R> request(Address<M, R> address, M message, Duration timeout) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(Math.max(1, timeout.toMillis()));
    return eventBus.<R>request(address.name(), message, options).map(reply -> reply.body());
  }

  /** Listens to what is published. */
  public <M> MessageConsumer<M> listen(Address<M, Void> address, Handler<M> handler) {
    return eventBus.consumer(address.name(), message -> handler.handle(message.body()));
  }

  /**
   * Answers requests; a failed future reaches the asker as a {@link ReplyException} with its
   * message.
   */
  public <M, R> MessageConsumer<M> answer(Address<M, R> address, Function<M, Future<R>> answerer) {
    return eventBus.consumer(
        address.name(),
        message ->
            answerer
                .apply(message.body())
                .onSuccess(message::reply)
                .onFailure(cause -> message.fail(code(cause), String.valueOf(cause.getMessage()))));
  }

  private static int code(Throwable cause) {
    return cause instanceof Busy ? BUSY : FAILED;
  }

  /** Whether a request was refused with {@link Busy}. */
  public static boolean isBusy(Throwable failure) {
    return failure instanceof ReplyException reply && reply.failureCode() == BUSY;
  }

  /** Whether a request failed because nobody listens at its address. */
  public static boolean nobodyListens(Throwable failure) {
    return failure instanceof ReplyException reply
        && reply.failureType() == ReplyFailure.NO_HANDLERS;
  }
}
