package dev.echosounder.http;

import dev.echosounder.bus.Stage;
import dev.echosounder.connection.UnsupportedVersionException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The first to see a request: refuses what is malformed, and tells reserved paths from echo ones.
 * An echo request passes nothing else on its way.
 */
final class Front implements Handler<HttpServerRequest> {

  /** Longer than any answer takes: what bounds it is the stop itself. */
  private static final long LONGEST_ANSWER_HOURS = 24;

  private final RequestBody body;
  private final ReservedHandler reserved;
  private final EchoHandler echo;
  private final Supplier<Stage> stage;
  private final AnswerHeaders headers;
  private final Refused refused;

  /**
   * @param body reads the bodies of requests that are not echo's
   * @param reserved answers reserved paths; null where none is reserved
   * @param echo answers every other path; null where there is no other
   */
  Front(
      RequestBody body,
      ReservedHandler reserved,
      EchoHandler echo,
      Supplier<Stage> stage,
      AnswerHeaders headers,
      Refused refused) {
    this.body = body;
    this.reserved = reserved;
    this.echo = echo;
    this.stage = stage;
    this.headers = headers;
    this.refused = refused;
  }

  @Override
  public void handle(HttpServerRequest request) {
    headers.putOn(request);
    if (!RequestRules.namesItsHost(request)) {
      refuse(request, 400, "bad_request", "expected one valid Host field");
      return;
    }
    String path = path(request);
    if (path == null) {
      refuse(request, 400, "bad_request", "malformed request target");
      return;
    }
    if (stage.get().compareTo(Stage.CLOSING) >= 0) {
      closeAfterwards(request);
    }
    if (reserved != null && reserved.reserves(path)) {
      afterBody(request, () -> reserved.handle(request, path));
    } else if (echo != null) {
      echo.handle(request, path);
    } else {
      afterBody(request, () -> Answer.error(request, 404, "not_found", "no such path"));
    }
  }

  /** No path but the echo's asks for a body; one that comes is read, within the same bounds. */
  private void afterBody(HttpServerRequest request, Runnable answer) {
    if (RequestBody.expected(request)) {
      body.discard(request).onSuccess(read -> answer.run());
    } else {
      answer.run();
    }
  }

  /**
   * The path, or null if the target is malformed. Two methods have targets without one, which stand
   * for themselves: the authority of CONNECT, and the asterisk of OPTIONS (RFC 9112 section 3.2).
   */
  private static String path(HttpServerRequest request) {
    if (HttpMethod.CONNECT.equals(request.method())) {
      return connectTarget(request);
    }
    if (HttpMethod.OPTIONS.equals(request.method()) && request.uri().equals("*")) {
      return "*";
    }
    return RequestPath.of(request.uri()).orElse(null);
  }

  /** HTTP/2 has it in a field of its own, which is looked at already (RFC 9113 section 8.5). */
  private static String connectTarget(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      return request.authority().toString();
    }
    return RequestRules.isAuthority(request.uri()) ? request.uri() : null;
  }

  /**
   * A service that stops has its clients come back on a new connection, which leads elsewhere:
   * {@code Connection: close} tells them on HTTP/1, GOAWAY on HTTP/2.
   */
  private static void closeAfterwards(HttpServerRequest request) {
    Answer.closing(request);
    request.connection().shutdown(LONGEST_ANSWER_HOURS, TimeUnit.HOURS);
  }

  /** Answers what the decoder could not make a request of. */
  void refuseInvalid(HttpServerRequest request) {
    headers.putOn(request);
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      refuse(request, 414, "uri_too_long", "the request line is too long");
    } else if (cause instanceof TooLongHttpHeaderException) {
      refuse(request, 431, "headers_too_large", "the header section is too large");
    } else if (cause instanceof UnsupportedVersionException) {
      refuse(
          request,
          505,
          "version_not_supported",
          "expected HTTP/1.1 or HTTP/1.0 on this connection");
    } else {
      refuse(request, 400, "bad_request", "malformed request");
    }
  }

  private void refuse(HttpServerRequest request, int status, String error, String message) {
    refused.count(Refused.Reason.MALFORMED);
    Answer.errorAndClose(request, status, error, message);
  }
}
