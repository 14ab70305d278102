package dev.echosounder.protocol;

import dev.echosounder.settings.Credentials;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetUrl;
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
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of one server.
 *
 * @param url whom and what; its userinfo and fragment are not sent
 * @param origin the origin of the URL
 * @param shown the URL as people may see it
 * @param method upper case
 * @param headers as configured, with authorization from the module or the target's userinfo; may be
 *     secret
 * @param body sent as UTF-8
 */
record Request(
    URI url,
    Origin origin,
    String shown,
    HttpMethod method,
    HttpHeaders headers,
    Optional<Secret> body) {

  private static final Set<HttpMethod> WITH_A_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /**
   * The first request to a target. A configured {@code Authorization} wins over the module's
   * credentials, and these over the target's userinfo.
   */
  static Request first(
      Target target, HttpOptions options, Optional<Credentials> credentials, String userAgent) {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.USER_AGENT, userAgent);
    options
        .body()
        .coding()
        .ifPresent(coding -> headers.set(HttpHeaderNames.ACCEPT_ENCODING, coding.label()));
    credentials
        .map(Authorization::of)
        .or(() -> Authorization.of(target.url()))
        .ifPresent(value -> headers.set(HttpHeaderNames.AUTHORIZATION, value));
    options
        .request()
        .headers()
        .forEach((name, values) -> headers.set(name, values.stream().map(Secret::value).toList()));
    target.headers().forEach((name, value) -> headers.set(name, value.value()));
    URI url = target.url().uri();
    return new Request(
        url,
        Origin.of(url).orElseThrow(),
        target.url().shown(),
        HttpMethod.valueOf(options.request().method()),
        headers,
        options.request().body());
  }

  /**
   * The request as it is sent; the caller owns it.
   *
   * @param forwarder the proxy that it is sent to, if any
   * @param cookies sent beside the configured ones
   */
  FullHttpRequest message(Optional<TargetUrl> forwarder, Optional<String> cookies) {
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
    cookies.ifPresent(pairs -> addCookies(sent, pairs));
    forwarder
        .flatMap(Authorization::of)
        .ifPresent(basic -> sent.set(HttpHeaderNames.PROXY_AUTHORIZATION, basic));
    // The host whose addresses were checked, whatever the Host header says: a proxy goes by this.
    String prefix = forwarder.isPresent() ? "http://" + origin.authority() : "";
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        method,
        prefix + requestTarget(),
        content,
        sent,
        EmptyHttpHeaders.INSTANCE);
  }

  // RFC 6265 section 5.4: one header at most.
  private static void addCookies(HttpHeaders sent, String pairs) {
    String configured = sent.get(HttpHeaderNames.COOKIE);
    sent.set(HttpHeaderNames.COOKIE, configured == null ? pairs : configured + "; " + pairs);
  }

  // RFC 9112 section 3.2.1
  private String requestTarget() {
    URI ascii = URI.create(url.toASCIIString());
    String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
    return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
  }
}
