package dev.echosounder.protocol;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.OAuth2;
import dev.echosounder.settings.Secret;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.vertx.core.Future;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks a token endpoint by client credentials (RFC 6749 section 4.4): the client's name and
 * password as Basic authorization, and where that is refused in the form (section 2.3.1).
 */
final class TokenRequest {

  private static final HttpHop.Reading READING =
      new HttpHop.Reading(BodyPlan.whole(64 * 1024), head -> false);

  private final HttpHop hop;

  TokenRequest(HttpHop hop) {
    this.hop = hop;
  }

  /**
   * Asks. Fails with {@link Reason#STATUS} if the endpoint refuses, {@link Reason#PROTOCOL} if what
   * it answers is no token, or as any exchange.
   *
   * @param visit whose findings are of no interest
   */
  Future<Token> send(OAuth2 oauth2, IpChoice ip, Visit visit) {
    HttpOptions.Client client =
        new HttpOptions.Client(
            ip, oauth2.tls(), false, Optional.empty(), Optional.empty(), oauth2.proxy(), false);
    return send(request(oauth2, true), client, visit)
        .recover(
            failure ->
                failure instanceof ProbeFailure expected && expected.reason() == Reason.STATUS
                    ? send(request(oauth2, false), client, visit)
                    : Future.failedFuture(failure));
  }

  private Future<Token> send(Request request, HttpOptions.Client client, Visit visit) {
    return hop.ask(request, Optional.empty(), client, READING, visit)
        .compose(
            answer -> {
              Optional<ProbeFailure> failure = failure(answer);
              String text = failure.isPresent() ? "" : answer.body().text();
              answer.body().release();
              return failure.<Future<Token>>map(Future::failedFuture).orElseGet(() -> token(text));
            });
  }

  private static Optional<ProbeFailure> failure(HttpAnswer answer) {
    return answer.statusCode() == 200
        ? answer.body().failure()
        : Optional.of(
            new ProbeFailure(Reason.STATUS, "the token endpoint answered " + answer.statusCode()));
  }

  private static Future<Token> token(String text) {
    return Token.parse(text)
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                Future.failedFuture(
                    new ProbeFailure(Reason.PROTOCOL, "the token endpoint sent no token")));
  }

  private static Request request(OAuth2 oauth2, boolean basic) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_X_WWW_FORM_URLENCODED);
    headers.set(HttpHeaderNames.ACCEPT, HttpHeaderValues.APPLICATION_JSON);
    if (basic) {
      headers.set(
          HttpHeaderNames.AUTHORIZATION,
          Authorization.basic(encoded(oauth2.clientId()), encoded(oauth2.clientSecret().value())));
    }
    return new Request(
        oauth2.tokenUrl().uri(),
        Origin.of(oauth2.tokenUrl()),
        oauth2.tokenUrl().shown(),
        HttpMethod.POST,
        headers,
        Optional.of(new Secret(form(oauth2, basic))));
  }

  private static String form(OAuth2 oauth2, boolean basic) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "client_credentials");
    if (!oauth2.scopes().isEmpty()) {
      fields.put("scope", String.join(" ", oauth2.scopes()));
    }
    oauth2.endpointParams().forEach((name, value) -> fields.put(name, value.value()));
    if (!basic) {
      fields.put("client_id", oauth2.clientId());
      fields.put("client_secret", oauth2.clientSecret().value());
    }
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
