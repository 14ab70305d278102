package dev.echosounder.protocol;

import dev.echosounder.dial.Dialer;
import dev.echosounder.dial.Stages;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.TlsOptions;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Whom a probe connects to, and how.
 *
 * @param host a name or an address literal, without brackets
 * @param ip which of the name's addresses is dialled
 * @param source the local address to dial from
 * @param tls how TLS is done; empty for none
 * @param protocols offered by ALPN, the preferred one first
 */
record Peer(
    String host,
    int port,
    IpChoice ip,
    Optional<InetAddress> source,
    Optional<TlsOptions> tls,
    List<String> protocols) {

  /**
   * Resolves, connects and, if asked to, secures; fails as these stages do.
   *
   * @return a channel that reads nothing until it is told to; its owner is the caller
   */
  Future<Channel> connect(Stages stages, Visit visit) {
    return stages
        .resolver()
        .resolve(host, ip, visit)
        .compose(addresses -> stages.dialer().dial(host, addresses, port, source, visit))
        .compose(
            channel ->
                tls.map(options -> secure(channel, options, stages, visit))
                    .orElseGet(() -> Future.succeededFuture(channel)));
  }

  /** Resolves and connects over UDP; else as {@link #connect}, but without TLS. */
  Future<Channel> connectDatagram(Stages stages, Visit visit) {
    return stages
        .resolver()
        .resolve(host, ip, visit)
        .compose(addresses -> stages.dialer().dialDatagram(host, addresses, port, source, visit));
  }

  /** Begins TLS on a connection to this peer, which is closed if that fails. */
  Future<Channel> secure(Channel channel, TlsOptions options, Stages stages, Visit visit) {
    return stages
        .tls()
        .handshake(channel, host, port, options, protocols, visit)
        .onFailure(failure -> Dialer.hangUp(channel));
  }
}
