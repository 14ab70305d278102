package dev.echosounder.testing;

import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A server that does to its clients what a script says, down to the byte. It reads one request of a
 * connection and plays the script of its path; an unknown path is answered with 404. It listens on
 * a free port of the loopback interface.
 */
public final class ScriptedTarget implements AutoCloseable {

  /** What happens once a request was read. */
  public interface Script {
    void play(NetSocket socket);
  }

  private final Vertx vertx;
  private final NetServer server;
  private final boolean secure;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Queue<String> sessions = new ConcurrentLinkedQueue<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private volatile Script otherwise = answer(404, "");
  private volatile Consumer<NetSocket> greeting = socket -> {};

  private ScriptedTarget(Vertx vertx, String host, NetServerOptions options) {
    this.vertx = vertx;
    this.secure = options.isSsl();
    this.server = vertx.createNetServer(options).connectHandler(this::accept);
    Waiting.on(server.listen(0, host));
  }

  /** One that speaks plain HTTP. */
  public static ScriptedTarget http(Vertx vertx) {
    return http(vertx, "127.0.0.1");
  }

  /** One that speaks plain HTTP on this address. */
  public static ScriptedTarget http(Vertx vertx, String host) {
    return new ScriptedTarget(vertx, host, new NetServerOptions());
  }

  /**
   * One that speaks HTTP over TLS.
   *
   * @param protocols the TLS versions spoken
   */
  public static ScriptedTarget https(Vertx vertx, Identity identity, String... protocols) {
    NetServerOptions options = new NetServerOptions().setSsl(true).setKeyCertOptions(pfx(identity));
    if (protocols.length > 0) {
      options.setEnabledSecureTransportProtocols(Set.of(protocols));
    }
    return new ScriptedTarget(vertx, "127.0.0.1", options);
  }

  /** Presents another certificate from the next connection on. */
  public void rotate(Identity identity) {
    Waiting.on(
        server.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(pfx(identity)), true));
  }

  static PfxOptions pfx(Identity identity) {
    return new PfxOptions()
        .setValue(Buffer.buffer(identity.pkcs12()))
        .setPassword(Identity.PASSWORD);
  }

  /** What happens to requests for a path, query included. */
  public ScriptedTarget on(String path, Script script) {
    scripts.put(path, script);
    return this;
  }

  /** What happens to requests for any other path, instead of 404. */
  public ScriptedTarget otherwise(Script script) {
    otherwise = script;
    return this;
  }

  /** What happens to every connection before it has sent anything. */
  public ScriptedTarget greet(Consumer<NetSocket> newGreeting) {
    greeting = newGreeting;
    return this;
  }

  public int port() {
    return server.actualPort();
  }

  /** The URL of a path on this server, by its IPv4 address. */
  public String url(String path) {
    return url("127.0.0.1", path);
  }

  /** The URL of a path on this server, by another of its names. */
  public String url(String host, String path) {
    return (secure ? "https://" : "http://") + host + ":" + port() + path;
  }

  /** The requests read so far, head and body. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The TLS session ids of the connections so far. */
  public List<String> sessions() {
    return List.copyOf(sessions);
  }

  /** How many connections were ever accepted. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections are open now. */
  public int open() {
    return open.get();
  }

  @Override
  public void close() {
    Waiting.on(server.close());
  }

  private void accept(NetSocket socket) {
    accepted.incrementAndGet();
    open.incrementAndGet();
    socket.closeHandler(end -> open.decrementAndGet());
    socket.exceptionHandler(failure -> {});
    if (secure) {
      sessions.add(HexFormat.of().formatHex(socket.sslSession().getId()));
    }
    greeting.accept(socket);
    Buffer received = Buffer.buffer();
    socket.handler(
        chunk -> {
          received.appendBuffer(chunk);
          if (isWhole(received.toString("ISO-8859-1"))) {
            socket.handler(rest -> {});
            read(received.toString(), socket);
          }
        });
  }

  private static boolean isWhole(String request) {
    int end = request.indexOf("\r\n\r\n");
    return end >= 0 && request.length() - end - 4 >= bodyLength(request.substring(0, end));
  }

  private static int bodyLength(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
        .findFirst()
        .orElse(0);
  }

  private void read(String request, NetSocket socket) {
    requests.add(request);
    String path = request.split(" ", 3)[1];
    scripts.getOrDefault(path, otherwise).play(socket);
  }

  /** An answer with Content-Length, and the connection closed after it. */
  public static Script answer(int status, String body, String... headers) {
    String head =
        "HTTP/1.1 "
            + status
            + " Scripted\r\nContent-Length: "
            + body.length()
            + "\r\n"
            + String.join("", List.of(headers).stream().map(line -> line + "\r\n").toList())
            + "\r\n";
    return raw(head + body);
  }

  /** A redirect. */
  public static Script redirect(int status, String location) {
    return answer(status, "", "Location: " + location);
  }

  /** These bytes and no more, then the end of the connection. */
  public static Script raw(String bytes) {
    return socket -> socket.end(Buffer.buffer(bytes, "ISO-8859-1"));
  }

  /** These bytes, and then nothing: the connection stays open. */
  public static Script rawAndHold(String bytes) {
    return socket -> socket.write(Buffer.buffer(bytes, "ISO-8859-1"));
  }

  /** Nothing, for ever. */
  public static Script silent() {
    return socket -> {};
  }

  /** These bytes, then a TCP reset. */
  public static Script reset(String bytes) {
    return socket -> socket.write(Buffer.buffer(bytes)).onComplete(written -> resetNow(socket));
  }

  /** A TCP reset. */
  public static void resetNow(NetSocket socket) {
    ((NetSocketInternal) socket)
        .channelHandlerContext()
        .channel()
        .config()
        .setOption(ChannelOption.SO_LINGER, 0);
    socket.close();
  }

  /** A script that is played after a time. */
  public Script delayed(long milliseconds, Script script) {
    return socket -> vertx.setTimer(milliseconds, now -> script.play(socket));
  }

  /** An endless answer, a byte at a time. */
  public Script drip(long milliseconds) {
    return socket -> {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
      long timer = vertx.setPeriodic(milliseconds, tick -> socket.write("."));
      socket.closeHandler(
          end -> {
            vertx.cancelTimer(timer);
            open.decrementAndGet();
          });
    };
  }
}
