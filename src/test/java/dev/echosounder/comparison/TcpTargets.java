package dev.echosounder.comparison;

import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.parsetools.RecordParser;
import java.util.List;
import java.util.function.Consumer;

/** The servers that speak line by line, and their cases. */
final class TcpTargets {

  private final Vertx vertx;
  private final Certificates certificates;

  TcpTargets(Vertx vertx, Certificates certificates) {
    this.vertx = vertx;
    this.certificates = certificates;
  }

  List<Case> cases(int unused) {
    String silent = listen(socket -> {});
    String ssh = listen(socket -> socket.write("SSH-2.0-OpenSSH_9.2\r\n"));
    String chatty = listen(socket -> socket.write("hello\nworld\nSSH-2.0-x\n"));
    String ftp = listen(socket -> socket.end(Buffer.buffer("220 ftp\r\n")));
    String irc = listen(TcpTargets::irc);
    String smtp = listen(this::smtp);
    String tls = secure(certificates.good);
    String expired = secure(certificates.expired);
    return List.of(
        of("a connection", "tcp_connect", silent),
        of("a connection by name", "tcp_connect", silent.replace("127.0.0.1", "localhost")),
        of("a refused connection", "tcp_connect", "127.0.0.1:" + unused),
        of("a banner", "tcp_banner", ssh),
        of("a banner after other lines", "tcp_banner", chatty),
        of("another banner, and the end", "tcp_banner", ftp),
        of("no banner", "tcp_banner", silent),
        of("a dialogue", "tcp_irc", irc),
        of("STARTTLS", "tcp_smtp_starttls", smtp.replace("127.0.0.1", "localhost")),
        of("STARTTLS by address", "tcp_smtp_starttls", smtp),
        of("TLS", "tcp_tls", tls),
        of("a banner over TLS", "tcp_tls_banner", tls),
        of("TLS with an expired certificate", "tcp_tls", expired),
        of("TLS where none is spoken", "tcp_tls", ssh),
        of("a server name by the query", "tcp_tls", tls).with("&hostname=localhost"),
        of("a wrong server name by the query", "tcp_tls", tls)
            .with("&hostname=shop.example")
            .but(Difference.HOSTNAME_OF_TCP));
  }

  private static Case of(String name, String module, String target) {
    return Case.of(name, module, target);
  }

  private static void irc(NetSocket socket) {
    lines(
        socket,
        line -> {
          if (line.equals("NICK prober")) {
            socket.write(":irc notice\r\nPING :12345\r\n");
          } else if (line.equals("PONG 12345")) {
            socket.write(":irc 001 prober :welcome\r\n");
          }
        });
  }

  private void smtp(NetSocket socket) {
    socket.write("220 mail ESMTP\r\n");
    lines(
        socket,
        line -> {
          if (line.startsWith("EHLO") && socket.isSsl()) {
            socket.write("250 AUTH PLAIN\r\n");
          } else if (line.startsWith("EHLO")) {
            socket.write("250-mail\r\n250 STARTTLS\r\n");
          } else if (line.startsWith("STARTTLS")) {
            socket.write("220 go ahead\r\n");
            socket.upgradeToSsl(new ServerSSLOptions().setKeyCertOptions(key(certificates.good)));
          }
        });
  }

  private static void lines(NetSocket socket, Consumer<String> each) {
    socket.handler(
        RecordParser.newDelimited("\n", line -> each.accept(line.toString().stripTrailing())));
  }

  private String secure(Identity identity) {
    return listen(
        new NetServerOptions().setSsl(true).setKeyCertOptions(key(identity)),
        socket -> socket.write("hello over TLS\n"));
  }

  private static PfxOptions key(Identity identity) {
    return new PfxOptions()
        .setValue(Buffer.buffer(identity.pkcs12()))
        .setPassword(Identity.PASSWORD);
  }

  private String listen(Consumer<NetSocket> script) {
    return listen(new NetServerOptions(), script);
  }

  private String listen(NetServerOptions options, Consumer<NetSocket> script) {
    var listening =
        vertx
            .createNetServer(options)
            .connectHandler(
                socket -> {
                  socket.exceptionHandler(failure -> {});
                  script.accept(socket);
                })
            .listen(0, "127.0.0.1");
    return "127.0.0.1:" + Waiting.on(listening).actualPort();
  }
}
