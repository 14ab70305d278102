package dev.echosounder.dial;

import dev.echosounder.settings.IpChoice.Family;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.DnsServerAddresses;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.Future;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the name servers that Vert.x is told to use, else those of the platform. Nothing is cached,
 * and each question goes out from a socket of its own: a kernel that balances services by flow
 * would send a standing flow on to a server that is gone. Netty's resolver rather than the one of
 * Vert.x, which answers with one family and caches.
 */
final class NameServers {

  private static final int DNS = 53;

  private final Map<Family, DnsNameResolver> resolvers = new EnumMap<>(Family.class);

  NameServers(ContextInternal context, AddressResolverOptions options) {
    for (Family family : Family.values()) {
      resolvers.put(family, resolver(family, context, options));
    }
  }

  /** The addresses of one family that a name has, one at least; else it fails. */
  Future<List<InetAddress>> ask(String host, Family family) {
    return resolvers.get(family).resolveAll(host);
  }

  void close() {
    resolvers.values().forEach(DnsNameResolver::close);
  }

  private static DnsNameResolver resolver(
      Family family, ContextInternal context, AddressResolverOptions options) {
    Transport transport = context.owner().transport();
    DnsServerAddressStreamProvider servers = servers(options);
    DnsNameResolverBuilder builder =
        new DnsNameResolverBuilder(context.nettyEventLoop())
            .datagramChannelFactory(transport::datagramChannel)
            .socketChannelFactory(
                () -> (SocketChannel) transport.channelFactory(false).newChannel())
            .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
            .resolvedAddressTypes(
                family == Family.IP4
                    ? ResolvedAddressTypes.IPV4_ONLY
                    : ResolvedAddressTypes.IPV6_ONLY)
            .hostsFileEntriesResolver((host, types) -> null)
            .resolveCache(NoopDnsCache.INSTANCE)
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(new NoReferrals(servers))
            .nameServerProvider(servers)
            .optResourceEnabled(options.isOptResourceEnabled())
            .queryTimeoutMillis(options.getQueryTimeout())
            .maxQueriesPerResolve(options.getMaxQueries())
            .recursionDesired(options.getRdFlag())
            .ndots(options.getNdots());
    Optional.ofNullable(options.getSearchDomains()).ifPresent(builder::searchDomains);
    return builder.build();
  }

  private static DnsServerAddressStreamProvider servers(AddressResolverOptions options) {
    if (options.getServers() == null || options.getServers().isEmpty()) {
      return DnsServerAddressStreamProviders.platformDefault();
    }
    List<InetSocketAddress> addresses =
        options.getServers().stream().map(NameServers::server).toList();
    DnsServerAddresses servers =
        options.isRotateServers()
            ? DnsServerAddresses.rotational(addresses)
            : DnsServerAddresses.sequential(addresses);
    return host -> servers.stream();
  }

  private static InetSocketAddress server(String text) {
    return Resolver.literal(text)
        .map(address -> new InetSocketAddress(address, DNS))
        .orElseGet(
            () -> {
              HostAndPort server = HostAndPort.parseAuthority(text, DNS);
              return new InetSocketAddress(server.host().replaceAll("[\\[\\]]", ""), server.port());
            });
  }
}
