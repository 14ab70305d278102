package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.ProbeAnswers;
import dev.echosounder.bus.ProbeNow;
import dev.echosounder.config.Settings;
import dev.echosounder.config.Settings.Role;
import dev.echosounder.config.Target;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /queryurl}: has configured targets probed now and answers with the outcome. */
final class QueryHandler implements Handler<RoutingContext> {

  /** The prober keeps the deadline; this only bounds the wait for a prober that is gone. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Supplier<Settings> settings;

  QueryHandler(Vertx vertx, Supplier<Settings> settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  @Override
  public void handle(RoutingContext ctx) {
    if (!settings.get().roles().contains(Role.PROBER)) {
      Answer.error(
          ctx.request(),
          404,
          "not_found",
          "this instance has no prober: ask one whose roles include prober");
      return;
    }
    Duration deadline = settings.get().queryDeadline();
    ProbeNow question = new ProbeNow(parameter(ctx, "name"), parameter(ctx, "url"), deadline);
    Bus.of(vertx)
        .request(Address.PROBE_NOW, question, deadline.plus(GRACE))
        .onSuccess(answers -> answer(ctx, question, answers))
        .onFailure(
            failure ->
                Answer.error(ctx.request(), 503, "unavailable", "the prober did not answer"));
  }

  private static Optional<String> parameter(RoutingContext ctx, String name) {
    return ctx.queryParam(name).stream().findFirst();
  }

  private void answer(RoutingContext ctx, ProbeNow question, ProbeAnswers answers) {
    boolean narrowed = question.name().isPresent() || question.url().isPresent();
    if (narrowed && answers.answers().isEmpty()) {
      Answer.error(ctx.request(), 404, "not_found", "no configured target matches");
      return;
    }
    List<Target> configured = settings.get().targets();
    // Thousands of targets are megabytes of JSON: too much for an event loop.
    vertx
        .executeBlocking(() -> QueryAnswer.of(answers, configured).toBuffer(), false)
        .onSuccess(json -> Answer.json(ctx.request(), 200, json))
        .onFailure(ctx::fail);
  }
}
