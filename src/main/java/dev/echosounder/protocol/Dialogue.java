package dev.echosounder.protocol;

import dev.echosounder.bus.Info;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Visit;
import dev.echosounder.dial.Workers;
import dev.echosounder.settings.TcpOptions.Step;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What is said and expected on one connection, step by step. */
final class Dialogue {

  private static final int MAX_RECEIVED = 1024 * 1024;
  private static final int MAX_LABEL = 1024;

  private final Channel channel;
  private final Workers workers;
  private final Supplier<Future<Channel>> tls;
  private final BooleanSupplier over;
  private final Findings findings;
  private final Map<String, String> labels = new LinkedHashMap<>();
  private Conversation conversation;

  /**
   * @param tls begins TLS on the channel
   */
  Dialogue(Channel channel, Workers workers, Supplier<Future<Channel>> tls, Visit visit) {
    this.channel = channel;
    this.workers = workers;
    this.tls = tls;
    this.over = visit.deadline().over();
    this.findings = visit.findings();
  }

  /**
   * Goes through all steps. Fails with {@link Reason#ASSERTION} if the peer said something else or
   * less than expected, {@link Reason#PROTOCOL} if it said more than it may before TLS or sent a
   * line without end, {@link Reason#BODY_LIMIT} after 1 MiB, {@link Reason#RESET}, or as TLS does.
   */
  Future<Void> hold(List<Step> steps) {
    Future<Void> progress = Future.succeededFuture();
    if (!steps.isEmpty()) {
      converse(MAX_RECEIVED);
    }
    for (Step step : steps) {
      progress = progress.compose(done -> take(step));
    }
    return progress;
  }

  private void converse(int limit) {
    findings.enter(Phase.PROCESSING);
    conversation = Conversation.on(channel, limit);
  }

  private Future<Void> take(Step step) {
    return expectLine(step)
        .compose(match -> expectBytes(step).map(match))
        .compose(match -> say(expand(step.send(), match)))
        .compose(said -> step.startTls() ? startTls() : Future.succeededFuture());
  }

  private Future<Optional<Match>> expectLine(Step step) {
    if (step.expect().isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    return conversation
        .expect(new ExpectedLine(step.expect().get(), workers, over, findings))
        .onSuccess(match -> inform(step, match))
        .map(Optional::of);
  }

  private void inform(Step step, Match match) {
    step.labels().forEach((name, text) -> labels.put(name, bounded(Template.expand(text, match))));
    if (!labels.isEmpty()) {
      findings.info(Info.EXPECT, labels);
    }
  }

  private Future<Void> expectBytes(Step step) {
    return step.expectBytes()
        .map(text -> new ExpectedBytes(text.getBytes(StandardCharsets.UTF_8), findings))
        .map(bytes -> conversation.expect(bytes).<Void>mapEmpty())
        .orElse(Future.succeededFuture());
  }

  private Future<Void> say(String text) {
    if (text.isEmpty()) {
      return Future.succeededFuture();
    }
    findings.note(() -> "sending " + text.length() + " characters");
    return conversation.say(text + "\n");
  }

  // Whatever came before TLS could be anyone's, and would be taken for what comes after it
  // (CVE-2011-0411).
  private Future<Void> startTls() {
    if (conversation.hasMore()) {
      return Future.failedFuture(
          new ProbeFailure(Reason.PROTOCOL, "the peer went on without waiting for TLS"));
    }
    if (conversation.hasEnded()) {
      return Future.failedFuture(new ProbeFailure(Reason.RESET, "the end before TLS"));
    }
    int left = conversation.leave();
    return tls.get().onSuccess(secured -> converse(left)).mapEmpty();
  }

  private static String expand(String text, Optional<Match> match) {
    return match.map(found -> Template.expand(text, found)).orElse(text);
  }

  private static String bounded(String text) {
    return text.length() <= MAX_LABEL
        ? text
        : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, MAX_LABEL)));
  }
}
