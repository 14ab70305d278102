package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.Credentials;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.OAuth2;
import dev.echosounder.settings.Protocol;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/**
 * Bearer tokens, kept until ten seconds before they expire; one that does not say when is used
 * once. Of one token there is one request under way. Tokens go with the modules that they are for.
 * Used on one event loop only.
 */
final class Tokens {

  private final TokenRequest request;
  private final Map<OAuth2, Entry> entries = new WeakHashMap<>();

  Tokens(HttpHop hop) {
    this.request = new TokenRequest(hop);
  }

  private static final class Entry {
    private Optional<Token> token = Optional.empty();
    private Optional<Future<Token>> underWay = Optional.empty();
  }

  /** The credentials that a module sends, got from its token endpoint where it has one. */
  Future<Optional<Credentials>> get(HttpOptions.Client client, Visit visit) {
    return client
        .oauth2()
        .map(oauth2 -> get(oauth2, client, visit).map(Token::credentials))
        .map(got -> got.onSuccess(token -> hide(token, visit)).map(Optional::of))
        .orElseGet(() -> Future.succeededFuture(client.credentials()));
  }

  private static void hide(Credentials token, Visit visit) {
    visit.findings().timeline().hide(List.of(token.value().value()));
  }

  /** Forgets a token that a server no longer takes. */
  void heed(HttpAnswer answer, HttpOptions.Client client) {
    if (answer.statusCode() == HttpResponseStatus.UNAUTHORIZED.code()) {
      client.oauth2().ifPresent(entries::remove);
    }
  }

  private Future<Token> get(OAuth2 oauth2, HttpOptions.Client client, Visit visit) {
    Entry entry = entries.computeIfAbsent(oauth2, key -> new Entry());
    Optional<Token> kept = entry.token.filter(Token::isFresh);
    if (kept.isPresent()) {
      return Future.succeededFuture(kept.get());
    }
    long start = System.nanoTime();
    return entry
        .underWay
        .map(joined -> join(joined, oauth2, client, visit))
        .orElseGet(() -> request(entry, oauth2, client, visit))
        .onComplete(
            end ->
                visit
                    .findings()
                    .measure(Measure.OAUTH2_TOKEN_TIME, (System.nanoTime() - start) / 1e9));
  }

  // Whoever asked first had less time left, perhaps.
  private Future<Token> join(
      Future<Token> joined, OAuth2 oauth2, HttpOptions.Client client, Visit visit) {
    return joined.recover(
        failure ->
            failure instanceof ProbeFailure expected
                    && expected.reason() == Reason.TIMEOUT
                    && !visit.deadline().isOver()
                ? get(oauth2, client, visit)
                : Future.failedFuture(failure));
  }

  private Future<Token> request(
      Entry entry, OAuth2 oauth2, HttpOptions.Client client, Visit visit) {
    visit.findings().note(() -> "asking for a token at " + oauth2.tokenUrl().shown());
    Future<Token> underWay =
        visit
            .deadline()
            .bound(request.send(oauth2, client.ip(), apart(visit)))
            .onComplete(end -> entry.underWay = Optional.empty())
            .onSuccess(token -> entry.token = Optional.of(token));
    if (!underWay.isComplete()) {
      entry.underWay = Optional.of(underWay);
    }
    return underWay;
  }

  // What is found of the token endpoint says nothing of the target.
  private static Visit apart(Visit visit) {
    Findings findings =
        new Findings(visit.target().id(), Protocol.HTTP, visit.findings().timeline());
    return new Visit(
        visit.target(),
        visit.dialable(),
        visit.deadline(),
        findings,
        Optional.empty(),
        Optional.empty());
  }
}
