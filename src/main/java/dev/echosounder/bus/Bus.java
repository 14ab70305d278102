package dev.echosounder.bus;

import io.netty.util.ReferenceCounted;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
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

  /** Of one who waits for it, and need only say so. */
  private static final Duration TAKING = Duration.ofSeconds(10);

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
    return eventBus.<R>request(address.name(), message, within(timeout)).map(Message::body);
  }

  /**
   * Asks for something whose memory is counted. Who asks has a reference of its own, to be
   * released.
   *
   * @return what is lent; fails as {@link #request} does
   */
  public <M, R extends ReferenceCounted> Future<R> borrow(
      Address<M, R> address, M message, Duration timeout) {
    return eventBus.<R>request(address.name(), message, within(timeout)).map(Bus::take);
  }

  private static <R extends ReferenceCounted> R take(Message<R> reply) {
    reply.body().retain();
    reply.reply(Nothing.INSTANCE);
    return reply.body();
  }

  private static DeliveryOptions within(Duration timeout) {
    return new DeliveryOptions().setSendTimeout(Math.max(1, timeout.toMillis()));
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
                .onFailure(cause -> fail(message, cause)));
  }

  /**
   * Answers requests with something whose memory is counted, each with a reference of its own. That
   * one is released as soon as who asked has another, or is known to wait no longer: the bus drops
   * a reply that comes too late.
   */
  public <M, R extends ReferenceCounted> MessageConsumer<M> lend(
      Address<M, R> address, Function<M, Future<R>> lender) {
    return eventBus.consumer(
        address.name(),
        message ->
            lender
                .apply(message.body())
                .onSuccess(
                    lent ->
                        message
                            .replyAndRequest(lent, within(TAKING))
                            .onComplete(taken -> lent.release()))
                .onFailure(cause -> fail(message, cause)));
  }

  private static void fail(Message<?> message, Throwable cause) {
    message.fail(code(cause), String.valueOf(cause.getMessage()));
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
