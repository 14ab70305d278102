package dev.echosounder.protocol;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Dialer;
import dev.echosounder.dial.Findings;
import dev.echosounder.dial.PipelineEnd;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Stages;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.GrpcOptions;
import dev.echosounder.settings.TargetUrl;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Probes gRPC servers by their health service, {@code grpc.health.v1.Health/Check}, over HTTP/2
 * with TLS, or without by prior knowledge.
 */
final class GrpcProber implements Prober {

  private static final String HTTP_2 = "h2";

  /** By the numbers of {@code HealthCheckResponse.ServingStatus}. */
  private static final List<Measure> HEALTH =
      List.of(
          Measure.GRPC_HEALTH_UNKNOWN,
          Measure.GRPC_HEALTH_SERVING,
          Measure.GRPC_HEALTH_NOT_SERVING,
          Measure.GRPC_HEALTH_SERVICE_UNKNOWN);

  private static final int SERVING = 1;
  private static final int NONE = -1;

  private final Stages stages;
  private final Http2Connection http2;
  private final String userAgent;

  GrpcProber(Stages stages, String userAgent) {
    this.stages = stages;
    this.http2 = new Http2Connection(stages.context());
    this.userAgent = userAgent;
  }

  @Override
  public Future<Void> probe(Visit visit) {
    GrpcOptions options = (GrpcOptions) visit.target().module().options();
    Peer peer = peer(visit.target().url(), options);
    return peer.connect(stages, visit)
        .compose(
            channel ->
                call(channel, request(peer, options, visit), visit)
                    .onComplete(end -> Dialer.hangUp(channel)))
        .compose(answer -> judge(answer, visit.findings()));
  }

  private GrpcRequest request(Peer peer, GrpcOptions options, Visit visit) {
    return GrpcRequest.to(peer, visit.target(), options, userAgent, visit.trace());
  }

  private Future<GrpcAnswer> call(Channel channel, GrpcRequest request, Visit visit) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    visit.findings().measure(Measure.GRPC_SSL, tls != null);
    visit.findings().enter(Phase.PROCESSING);
    if (tls != null && !HTTP_2.equals(tls.engine().getApplicationProtocol())) {
      return fail(Reason.PROTOCOL, "the server did not choose HTTP/2 by ALPN");
    }
    return http2
        .openStream(channel)
        .compose(stream -> exchange(stream, request))
        .onSuccess(answer -> visit.findings().leave());
  }

  private static Future<GrpcAnswer> exchange(Channel stream, GrpcRequest request) {
    GrpcExchange exchange = new GrpcExchange(request);
    PipelineEnd.addBefore(stream.pipeline(), exchange);
    return exchange.answer();
  }

  private static Future<Void> judge(GrpcAnswer answer, Findings findings) {
    findings.measure(Measure.GRPC_STATUS_CODE, answer.status());
    tell(NONE, findings);
    if (answer.status() != 0) {
      return fail(Reason.STATUS, "gRPC status " + answer.status() + ": " + answer.message());
    }
    OptionalInt health = HealthMessages.status(answer.body());
    if (health.isEmpty()) {
      return fail(Reason.PROTOCOL, "the answer is no HealthCheckResponse");
    }
    tell(health.getAsInt(), findings);
    return health.getAsInt() == SERVING
        ? Future.succeededFuture()
        : fail(Reason.STATUS, "health " + health.getAsInt() + ", not SERVING");
  }

  private static void tell(int health, Findings findings) {
    for (int status = 0; status < HEALTH.size(); status++) {
      findings.measure(HEALTH.get(status), status == health);
    }
  }

  private static <T> Future<T> fail(Reason reason, String explanation) {
    return Future.failedFuture(new ProbeFailure(reason, explanation));
  }

  private static Peer peer(TargetUrl url, GrpcOptions options) {
    return new Peer(
        url.hostName(),
        url.port().orElse(options.secure() ? 443 : 80),
        options.ip(),
        Optional.empty(),
        Optional.of(options.tls()).filter(tls -> options.secure()),
        List.of(HTTP_2));
  }
}
