package dev.echosounder.dial;

import io.netty.channel.EventLoop;
import io.netty.resolver.dns.AuthoritativeDnsServerCache;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import java.net.InetSocketAddress;

/**
 * Keeps Netty's resolver with the name servers it was given. Of itself it goes on to those that an
 * answer refers to (RFC 1034 section 4.3.1), so that whoever answers for a name could have packets
 * sent to any address. This says of every name that they are known already.
 */
final class NoReferrals implements AuthoritativeDnsServerCache {

  private final DnsServerAddressStreamProvider servers;

  NoReferrals(DnsServerAddressStreamProvider servers) {
    this.servers = servers;
  }

  @Override
  public DnsServerAddressStream get(String hostname) {
    return servers.nameServerAddressStream(hostname);
  }

  @Override
  public void cache(String hostname, InetSocketAddress address, long originalTtl, EventLoop loop) {}

  @Override
  public void clear() {}

  @Override
  public boolean clear(String hostname) {
    return false;
  }
}
