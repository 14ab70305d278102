package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.ProbeNow;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** {@code /queryurl}: has configured targets probed now and answers with the outcome. */
final class QueryHandler implements Handler<RoutingContext> {

  /** The prober keeps the deadline; this only bounds the wait for a prober that is gone. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final ProberDesk prober;
  private final Supplier<Settings> settings;

  QueryHandler(ProberDesk prober, Supplier<Settings> settings) {
    this.prober = prober;
    this.settings = settings;
  }

  @Override
  public void handle(RoutingContext ctx) {
    TargetFilter filter = TargetFilter.of(ctx);
    Duration deadline = settings.get().queryDeadline();
    ProbeNow question = new ProbeNow(filter.name(), filter.url(), deadline);
    prober.ask(
        ctx,
        Address.PROBE_NOW,
        question,
        deadline.plus(GRACE),
        answers -> answer(ctx, filter, answers));
  }

  private void answer(RoutingContext ctx, TargetFilter filter, ProbeAnswers answers) {
    if (!filter.isEmpty() && answers.answers().isEmpty()) {
      TargetFilter.noMatch(ctx);
      return;
    }
    List<Target> configured = settings.get().targets();
    prober.answer(ctx, () -> QueryAnswer.of(answers, configured));
  }
}
