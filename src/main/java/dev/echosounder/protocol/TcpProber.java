package dev.echosounder.protocol;

import dev.echosounder.dial.Dialer;
import dev.echosounder.dial.Stages;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.settings.TcpOptions;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Probes by connecting over TCP, with or without TLS, and by a dialogue on the connection where the
 * module has one.
 */
final class TcpProber implements Prober {

  private final Stages stages;

  TcpProber(Stages stages) {
    this.stages = stages;
  }

  @Override
  public Future<Void> probe(Visit visit) {
    TcpOptions options = (TcpOptions) visit.target().module().options();
    Peer peer = peer(visit.target().url(), options);
    return peer.connect(stages, visit)
        .compose(
            channel ->
                talk(channel, peer, options, visit).onComplete(end -> Dialer.hangUp(channel)));
  }

  private Future<Void> talk(Channel channel, Peer peer, TcpOptions options, Visit visit) {
    return new Dialogue(
            channel,
            stages.workers(),
            () -> peer.secure(channel, options.tls(), stages, visit),
            visit)
        .hold(options.dialogue());
  }

  private static Peer peer(TargetUrl url, TcpOptions options) {
    return new Peer(
        url.hostName(),
        url.port().orElseThrow(),
        options.ip(),
        options.source(),
        Optional.of(options.tls()).filter(tls -> options.secure()),
        List.of());
  }
}
