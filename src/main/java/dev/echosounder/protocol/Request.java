package dev.echosounder.protocol;

import dev.echosounder.bus.TraceContext;
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
 * @param url whom and what, in ASCII; its userinfo and fragment are not sent
 * @param origin the origin of the URL
 * @param shown the URL as people may see it
 * @param method upper case
 * @param headers as configured, with authorization from the module or the target's userinfo; may be
 *     secret
 * @param body sent as UTF-8
 * @param trace sent to every server, whatever its origin: it says nothing of who asks
 */
record Request(
    URI url,
    Origin origin,
    String shown,
    HttpMethod method,
    HttpHeaders headers,
    Optional<Secret> body,
    Optional<TraceContext> trace) {

  /** One that is part of no trace. */
  Request(
      URI url,
      Origin origin,
      String shown,
      HttpMethod method,
      HttpHeaders headers,
      Optional<Secret> body) {
    this(url, origin, shown, method, headers, body, Optional.empty());
  }

  private static final Set<HttpMethod> WITH_A_BODY =
      Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

  /**
   * The first request to a target. A configured {@code Authorization} wins over the module's
   * credentials, and these over the target's userinfo; a configured {@code traceparent} wins over
   * the trace that the probe is part of.
   */
  static Request first(
      Target target,
      HttpOptions options,
      Optional<Credentials> credentials,
      String userAgent,
      Optional<TraceContext> trace) {
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
    return new Request(
        target.url().uri(),
        Origin.of(target.url()),
        target.url().shown(),
        HttpMethod.valueOf(options.request().method()),
        headers,
        options.request().body(),
        trace.filter(context -> !headers.contains(TraceContext.TRACEPARENT)));
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
    trace.ifPresent(context -> addTrace(sent, context));
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

  private static void addTrace(HttpHeaders sent, TraceContext context) {
    sent.set(TraceContext.TRACEPARENT, context.traceparent());
    sent.remove(TraceContext.TRACESTATE);
    context.tracestate().ifPresent(state -> sent.set(TraceContext.TRACESTATE, state));
  }

  // RFC 9112 section 3.2.1
  private String requestTarget() {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }
}
