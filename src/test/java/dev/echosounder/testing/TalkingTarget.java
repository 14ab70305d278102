package dev.echosounder.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A server of a protocol of lines: it greets, and does to each line that it receives what it was
 * told. It listens on a free port of the loopback interface.
 */
public final class TalkingTarget implements AutoCloseable {

  private final NetServer server;
  private final Map<String, Consumer<NetSocket>> reactions = new ConcurrentHashMap<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile Consumer<NetSocket> greeting = socket -> {};

  private TalkingTarget(Vertx vertx, NetServerOptions options) {
    this.server = vertx.createNetServer(options).connectHandler(this::accept);
    Waiting.on(server.listen(0, "127.0.0.1"));
  }

  /** One that begins in the clear. */
  public static TalkingTarget plain(Vertx vertx) {
    return new TalkingTarget(vertx, new NetServerOptions());
  }

  /** One that speaks TLS from the first byte. */
  public static TalkingTarget secure(Vertx vertx, Identity identity, String protocol) {
    NetServerOptions options = new NetServerOptions().setSsl(true);
    options.setKeyCertOptions(pfx(identity));
    options.setEnabledSecureTransportProtocols(Set.of(protocol));
    return new TalkingTarget(vertx, options);
  }

  private static PfxOptions pfx(Identity identity) {
    return new PfxOptions()
        .setValue(Buffer.buffer(identity.pkcs12()))
        .setPassword(Identity.PASSWORD);
  }

  /** Begins TLS on a connection that is in the clear, after some last bytes. */
  public static void startTls(NetSocket socket, String last, Identity identity) {
    SSLOptions options = new ServerSSLOptions().setKeyCertOptions(pfx(identity));
    socket.upgradeToSsl(options, Buffer.buffer(last)).onFailure(failure -> socket.close());
  }

  /** What happens to every connection first. */
  public TalkingTarget greet(Consumer<NetSocket> newGreeting) {
    greeting = newGreeting;
    return this;
  }

  /** These bytes come first, one for each character. */
  public TalkingTarget greet(String text) {
    return greet(socket -> socket.write(Buffer.buffer(text, "ISO-8859-1")));
  }

  /** What happens when a line is received. */
  public TalkingTarget on(String line, Consumer<NetSocket> reaction) {
    reactions.put(line, reaction);
    return this;
  }

  /** The lines received so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** How many connections are open now. */
  public int open() {
    return open.get();
  }

  public String hostAndPort() {
    return "127.0.0.1:" + server.actualPort();
  }

  @Override
  public void close() {
    Waiting.on(server.close());
  }

  private void accept(NetSocket socket) {
    open.incrementAndGet();
    socket.closeHandler(end -> open.decrementAndGet()).exceptionHandler(failure -> {});
    socket.handler(RecordParser.newDelimited("\n", line -> receive(line.toString(), socket)));
    greeting.accept(socket);
  }

  private void receive(String line, NetSocket socket) {
    lines.add(line);
    reactions.getOrDefault(line, other -> {}).accept(socket);
  }
}
