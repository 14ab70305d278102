package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.ProbeNow;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code /queryurl}: has configured targets probed now and answers with the outcome. Used on one
 * event loop only.
 */
final class QueryHandler implements Handler<RoutingContext> {

  /** The prober keeps the deadline; this only bounds the wait for a prober that is gone. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** Of all answers that one event loop makes at once; each takes some 300 bytes. */
  private static final int MOST_RESULTS = 100_000;

  private static final Duration SOON = Duration.ofSeconds(1);

  private final ProberDesk prober;
  private final Supplier<Settings> settings;
  private int underWay;

  QueryHandler(ProberDesk prober, Supplier<Settings> settings) {
    this.prober = prober;
    this.settings = settings;
  }

  @Override
  public void handle(RoutingContext ctx) {
    TargetFilter filter = TargetFilter.of(ctx);
    int size = filter.isEmpty() ? Math.max(1, settings.get().targets().size()) : 1;
    if (underWay > 0 && underWay + size > MOST_RESULTS) {
      Answer.later(ctx.request(), 503, "overloaded", "too many queries are under way", SOON);
      return;
    }
    underWay += size;
    ask(ctx, filter).onComplete(end -> underWay -= size);
  }

  private Future<Void> ask(RoutingContext ctx, TargetFilter filter) {
    Duration deadline = settings.get().queryDeadline();
    ProbeNow question = new ProbeNow(filter.name(), filter.url(), deadline);
    return prober
        .ask(ctx, Address.PROBE_NOW, question, deadline.plus(GRACE))
        .compose(answers -> answer(ctx, filter, answers));
  }

  private Future<Void> answer(RoutingContext ctx, TargetFilter filter, ProbeAnswers answers) {
    if (!filter.isEmpty() && answers.answers().isEmpty()) {
      TargetFilter.noMatch(ctx);
      return Future.succeededFuture();
    }
    List<Target> configured = settings.get().targets();
    return prober.answer(ctx, () -> QueryAnswer.of(answers, configured));
  }
}
