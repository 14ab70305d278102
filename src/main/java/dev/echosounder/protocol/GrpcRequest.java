package dev.echosounder.protocol;

import dev.echosounder.bus.TraceContext;
import dev.echosounder.settings.GrpcOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.Target;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A call of {@code grpc.health.v1.Health/Check}, in gRPC's terms over HTTP/2.
 *
 * @param headers may hold secrets
 * @param message with its prefix; it is sent, so its owner is whoever sends it
 */
record GrpcRequest(Http2Headers headers, ByteBuf message) {

  private static final String PATH = "/grpc.health.v1.Health/Check";

  /** What the call itself says, and what HTTP/2 has no place for (RFC 9113 section 8.2.2). */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-type",
          "grpc-encoding",
          "grpc-message",
          "grpc-status",
          "grpc-timeout",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  /** The longest timeout that can be sent in milliseconds: eight digits. */
  private static final long MAX_TIMEOUT = 99_999_999;

  /**
   * The call of a target; its headers are metadata too, and win over those of the module.
   *
   * @param trace sent unless there is a configured {@code traceparent}
   */
  static GrpcRequest to(
      Peer peer,
      Target target,
      GrpcOptions options,
      String userAgent,
      Optional<TraceContext> trace) {
    Http2Headers headers = new DefaultHttp2Headers();
    headers.method("POST").scheme(options.secure() ? "https" : "http").path(PATH);
    headers.authority(authority(peer));
    headers.set(HttpHeaderNames.TE, "trailers");
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/grpc");
    headers.set(HttpHeaderNames.USER_AGENT, userAgent);
    headers.set("grpc-timeout", Math.min(target.timeout().toMillis(), MAX_TIMEOUT) + "m");
    metadata(target, options).forEach((name, values) -> headers.set(name, values));
    trace
        .filter(context -> !headers.contains(TraceContext.TRACEPARENT))
        .ifPresent(context -> addTrace(headers, context));
    return new GrpcRequest(headers, HealthMessages.request(options.service()));
  }

  private static void addTrace(Http2Headers headers, TraceContext context) {
    headers.set(TraceContext.TRACEPARENT, context.traceparent());
    headers.remove(TraceContext.TRACESTATE);
    context.tracestate().ifPresent(state -> headers.set(TraceContext.TRACESTATE, state));
  }

  private static String authority(Peer peer) {
    String host = peer.host().contains(":") ? "[" + peer.host() + "]" : peer.host();
    return host + ":" + peer.port();
  }

  private static Map<String, List<String>> metadata(Target target, GrpcOptions options) {
    Map<String, List<String>> metadata = new HashMap<>();
    options.metadata().forEach((name, values) -> put(metadata, name, values));
    target.headers().forEach((name, value) -> put(metadata, name, List.of(value)));
    return metadata;
  }

  private static void put(Map<String, List<String>> metadata, String name, List<Secret> values) {
    String key = name.toLowerCase(Locale.ROOT);
    if (!OWN.contains(key)) {
      metadata.put(key, values.stream().map(value -> onWire(key, value)).toList());
    }
  }

  // Metadata whose name ends so is binary, which gRPC sends in base64.
  private static String onWire(String key, Secret secret) {
    return key.endsWith("-bin")
        ? Base64.getEncoder()
            .withoutPadding()
            .encodeToString(secret.value().getBytes(StandardCharsets.UTF_8))
        : secret.value();
  }
}
