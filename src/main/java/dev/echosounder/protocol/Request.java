package dev.echosounder.protocol;

import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Target;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of one server.
 *
 * @param url whom and what; its userinfo and fragment are not sent
 * @param origin the origin of the URL
 * @param method upper case
 * @param headers as configured, with Basic authorization from the target's userinfo; may be secret
 * @param body sent as UTF-8
 */
record Request(
    URI url, Origin origin, HttpMethod method, HttpHeaders headers, Optional<Secret> body) {

  private static final Set<HttpMethod> WITH_A_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /** The first request to a target. */
  static Request first(Target target, HttpOptions.Request http, String userAgent) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.USER_AGENT, userAgent);
    target.url().userInfo().map(Request::basic).ifPresent(basic -> authorize(headers, basic));
    http.headers()
        .forEach((name, values) -> headers.set(name, values.stream().map(Secret::value).toList()));
    target.headers().forEach((name, value) -> headers.set(name, value.value()));
    URI url = target.url().uri();
    return new Request(
        url, Origin.of(url).orElseThrow(), HttpMethod.valueOf(http.method()), headers, http.body());
  }

  /** The request as it is sent; the caller owns it. */
  FullHttpRequest message() {
    ByteBuf content =
        body.map(text -> Unpooled.copiedBuffer(text.value(), StandardCharsets.UTF_8))
            .orElse(Unpooled.EMPTY_BUFFER);
    HttpHeaders sent = headers.copy();
    if (!sent.contains(HttpHeaderNames.HOST)) {
      sent.set(HttpHeaderNames.HOST, origin.authority());
    }
    sent.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    sent.remove(HttpHeaderNames.TRANSFER_ENCODING).remove(HttpHeaderNames.CONTENT_LENGTH);
    if (body.isPresent() || WITH_A_BODY.contains(method)) {
      sent.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    }
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1, method, requestTarget(), content, sent, EmptyHttpHeaders.INSTANCE);
  }

  // RFC 9112 section 3.2.1
  private String requestTarget() {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
  }

  private static void authorize(HttpHeaders headers, String credentials) {
    headers.set(HttpHeaderNames.AUTHORIZATION, credentials);
  }

  // RFC 7617; a user without a password has an empty one.
  private static String basic(Secret userInfo) {
    String pair = userInfo.value().contains(":") ? userInfo.value() : userInfo.value() + ":";
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
