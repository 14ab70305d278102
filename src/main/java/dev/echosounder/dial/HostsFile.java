package dev.echosounder.dial;

import io.netty.resolver.HostsFileEntriesProvider;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.ContextInternal;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The hosts file of the platform, or the one that Vert.x is told to use. It is read by a worker,
 * and again once what is known is five seconds old. Used on one event loop only.
 */
final class HostsFile {

  private static final long FRESH = TimeUnit.SECONDS.toNanos(5);

  private final Workers workers;
  private final AddressResolverOptions options;
  private Future<HostsFileEntriesProvider> entries = Future.succeededFuture();
  private boolean reading;
  private boolean readOnce;
  private long readAt = System.nanoTime() - FRESH - 1;

  HostsFile(ContextInternal context, AddressResolverOptions options) {
    this.workers = new Workers(context);
    this.options = options;
  }

  /** The addresses of a name, of both families; none if the file does not name it. Never fails. */
  Future<List<InetAddress>> addresses(String host) {
    if (!reading && System.nanoTime() - readAt > FRESH) {
      read();
    }
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    return entries.map(
        found ->
            Stream.of(found.ipv4Entries(), found.ipv6Entries())
                .flatMap(family -> family.getOrDefault(name, List.of()).stream())
                .toList());
  }

  private void read() {
    reading = true;
    Future<HostsFileEntriesProvider> newest = workers.run(this::parse);
    // Later readings wait for nobody: until they are done, what is known holds.
    entries = readOnce ? entries : newest;
    newest.onComplete(
        done -> {
          reading = false;
          readOnce = true;
          readAt = System.nanoTime();
          entries = newest;
        });
  }

  // A file that cannot be read has no entries.
  private HostsFileEntriesProvider parse() throws IOException {
    HostsFileEntriesProvider.Parser parser = HostsFileEntriesProvider.parser();
    Buffer value = options.getHostsValue();
    if (value != null) {
      return parser.parse(new StringReader(value.toString(StandardCharsets.UTF_8)));
    }
    return options.getHostsPath() == null
        ? parser.parseSilently()
        : parser.parseSilently(new File(options.getHostsPath()), StandardCharsets.UTF_8);
  }
}
