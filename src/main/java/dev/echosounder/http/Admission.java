package dev.echosounder.http;

import dev.echosounder.access.TokenBucket;
import dev.echosounder.access.Users;
import dev.echosounder.settings.Web;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Who may ask on reserved paths: first as many as the rate limit lets in, of these the users. Used
 * on one event loop only.
 */
final class Admission {

  /** RFC 7617 section 2. */
  private static final String CHALLENGE = "Basic realm=\"echosounder\", charset=\"UTF-8\"";

  /** That of a check of a password, with a wide margin. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private final TokenBucket bucket;
  private final Users users;
  private final Refused refused;
  private Web web = Web.OPEN;

  /**
   * @param bucket that of all event loops
   */
  Admission(TokenBucket bucket, Users users, Refused refused) {
    this.bucket = bucket;
    this.users = users;
    this.refused = refused;
  }

  /** Takes what a reload may change. */
  void configure(Web changed) {
    web = changed;
    users.configure(changed.users());
  }

  /** Has a request answered, or refuses it. Its body has been read. */
  void admit(HttpServerRequest request, Runnable answer) {
    Duration wait = web.rateLimit().map(bucket::take).orElse(Duration.ZERO);
    if (!wait.isZero()) {
      refused.count(Refused.Reason.RATE_LIMITED);
      Answer.later(request, 429, "too_many_requests", "more requests than rate_limit allows", wait);
    } else if (users.any()) {
      check(request, answer);
    } else {
      answer.run();
    }
  }

  private void check(HttpServerRequest request, Runnable answer) {
    users
        .check(request.getHeader(HttpHeaders.AUTHORIZATION))
        .onSuccess(
            verdict -> {
              switch (verdict) {
                case GOOD -> answer.run();
                case BAD -> refuse(request);
                case BUSY -> sendAway(request);
              }
            });
  }

  private void sendAway(HttpServerRequest request) {
    refused.count(Refused.Reason.OVERLOADED);
    Answer.later(request, 503, "overloaded", "too many passwords are being checked", SOON);
  }

  private void refuse(HttpServerRequest request) {
    refused.count(Refused.Reason.UNAUTHORIZED);
    request.response().putHeader(HttpHeaderNames.WWW_AUTHENTICATE, CHALLENGE);
    Answer.error(
        request, 401, "unauthorized", "expected the name and the password of a user (Basic)");
  }
}
