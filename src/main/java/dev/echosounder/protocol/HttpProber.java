package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Stages;
import dev.echosounder.dial.Visit;
import dev.echosounder.dial.Workers;
import dev.echosounder.settings.HttpOptions;
import io.vertx.core.Future;

/**
 * Probes over HTTP/1.1 and HTTP/2, with or without TLS and proxy. What to do for a token, a hop, a
 * redirect and a verdict is told by {@link Tokens}, {@link HttpHop}, {@link HttpHops} and {@link
 * HttpJudge}.
 */
final class HttpProber implements Prober {

  private final Stages stages;
  private final String userAgent;
  private final BodyBudget budget;
  private final HttpHop hop;
  private final Tokens tokens;

  HttpProber(Stages stages, String userAgent) {
    this(stages, userAgent, BodyBudget.ofHeap());
  }

  /**
   * @param budget for the bodies that all probes keep at a time
   */
  HttpProber(Stages stages, String userAgent, BodyBudget budget) {
    this.stages = stages;
    this.userAgent = userAgent;
    this.budget = budget;
    this.hop = new HttpHop(stages, budget);
    this.tokens = new Tokens(hop);
  }

  @Override
  public Future<Void> probe(Visit visit) {
    HttpOptions options = (HttpOptions) visit.target().module().options();
    BodyPlan plan = BodyPlan.of(options, visit.findings().timeline().isOn());
    HttpHops hops = new HttpHops(hop, options, plan, visit);
    return tokens
        .get(options.client(), visit)
        .map(token -> Request.first(visit.target(), options, token, userAgent, visit.trace()))
        .compose(hops::follow)
        .onSuccess(answer -> tokens.heed(answer, options.client()))
        .compose(answer -> judge(answer, options, plan, visit));
  }

  private Future<Void> judge(HttpAnswer answer, HttpOptions options, BodyPlan plan, Visit visit) {
    HttpJudge judge = new HttpJudge(options, plan, answer, budget, visit.deadline().over());
    Future<Void> decoded =
        plan.coding().isPresent()
            ? stages.workers().run(judge::decode, Workers.Lane.DECODING, plan.oneAtATime())
            : Future.succeededFuture();
    return decoded
        .compose(done -> verdict(judge))
        .onComplete(end -> answer.body().release())
        .compose(
            found ->
                visit.deadline().isOver()
                    ? Future.failedFuture(new ProbeFailure(Reason.TIMEOUT))
                    : found.report(visit.findings()));
  }

  private Future<Verdict> verdict(HttpJudge judge) {
    return judge
        .lane()
        .map(lane -> stages.workers().run(judge::judge, lane, false))
        .orElseGet(() -> Future.succeededFuture(judge.judge()));
  }
}
