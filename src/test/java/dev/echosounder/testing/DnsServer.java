package dev.echosounder.testing;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A name server that answers as scripted, over UDP and TCP on one free port of 127.0.0.1. A name
 * that no script knows does not exist; of one that it knows, other types have no records. It has a
 * Vert.x of its own, since others are made with its port.
 */
public final class DnsServer implements AutoCloseable {

  private static final int ATTEMPTS = 20;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Map<String, DnsScript> scripts = new ConcurrentHashMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private DatagramSocket udp;
  private NetServer tcp;

  private DnsServer(NetServerOptions tcpOptions) {
    for (int attempt = 1; ; attempt++) {
      udp = vertx.createDatagramSocket().handler(this::received);
      Waiting.on(udp.listen(0, "127.0.0.1"));
      tcp = vertx.createNetServer(tcpOptions).connectHandler(this::accept);
      try {
        Waiting.on(tcp.listen(port(), "127.0.0.1"));
        return;
      } catch (AssertionError taken) {
        Waiting.on(udp.close());
        if (attempt == ATTEMPTS) {
          throw taken;
        }
      }
    }
  }

  /** One that speaks plain TCP. */
  public static DnsServer start() {
    return new DnsServer(new NetServerOptions());
  }

  /** One that speaks TLS on its TCP port (RFC 7858). */
  public static DnsServer startTls(Identity identity) {
    return new DnsServer(
        new NetServerOptions().setSsl(true).setKeyCertOptions(ScriptedTarget.pfx(identity)));
  }

  /**
   * What happens to a question.
   *
   * @param name in any case, without the final dot
   * @param type such as {@link Type#A}
   */
  public DnsServer on(String name, int type, DnsScript script) {
    scripts.put(key(name, type), script);
    scripts.putIfAbsent(name.toLowerCase(Locale.ROOT), DnsScript.rcode(Rcode.NOERROR));
    return this;
  }

  /** A name's addresses of either family, from their literals; in the order given. */
  public DnsServer addresses(String name, String... literals) {
    on(name, Type.A, DnsScript.addresses(List.of(literals)));
    return on(name, Type.AAAA, DnsScript.addresses(List.of(literals)));
  }

  public int port() {
    return udp.localAddress().port();
  }

  /** The questions heard so far, such as {@code "udp example.test A"}. */
  public List<String> questions() {
    return List.copyOf(questions);
  }

  @Override
  public void close() {
    Waiting.on(vertx.close());
  }

  private void received(DatagramPacket packet) {
    answer(
        packet.data(),
        false,
        bytes -> udp.send(bytes, packet.sender().port(), packet.sender().host()));
  }

  // RFC 1035 section 4.2.2: two octets of length before each message.
  private void accept(NetSocket socket) {
    socket.exceptionHandler(failure -> {});
    RecordParser parser = RecordParser.newFixed(2, socket);
    parser.handler(
        new Handler<>() {
          private boolean length = true;

          @Override
          public void handle(Buffer record) {
            parser.fixedSizeMode(length ? record.getUnsignedShort(0) : 2);
            if (!length) {
              answer(
                  record,
                  true,
                  bytes ->
                      socket.write(
                          Buffer.buffer().appendUnsignedShort(bytes.length()).appendBuffer(bytes)));
            }
            length = !length;
          }
        });
  }

  private void answer(Buffer query, boolean overTcp, DnsScript.Reply reply) {
    try {
      Message message = new Message(query.getBytes());
      Record question = message.getQuestion();
      String name = question.getName().toString(true);
      questions.add((overTcp ? "tcp " : "udp ") + name + " " + Type.string(question.getType()));
      script(name, question.getType()).play(new DnsScript.Query(vertx, message, overTcp, reply));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DnsScript script(String name, int type) {
    return Optional.ofNullable(scripts.get(key(name, type)))
        .or(() -> Optional.ofNullable(scripts.get(name.toLowerCase(Locale.ROOT))))
        .orElse(DnsScript.rcode(Rcode.NXDOMAIN));
  }

  private static String key(String name, int type) {
    return name.toLowerCase(Locale.ROOT) + " " + type;
  }
}
