package dev.echosounder.soak;

import dev.echosounder.testing.Authority;
import dev.echosounder.testing.DnsServer;
import dev.echosounder.testing.Pem;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.TalkingTarget;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Servers of every protocol that always answer well. */
final class GoodTargets implements AutoCloseable {

  private final DnsServer dns = DnsServer.start().addresses("example.test", "127.0.0.1");
  private final Server grpc;
  private final String http;
  private final String silent;
  private final String https;
  private final String tcp;
  private final Path authority;

  /**
   * Starts them.
   *
   * @param vertx ends most of them when it is closed
   * @param directory for the certificate of their authority
   */
  GoodTargets(Vertx vertx, Path directory) throws Exception {
    Authority issuer = new Authority();
    authority =
        Files.writeString(
            directory.resolve("authority.pem"), Pem.certificate(issuer.certificate()));
    ScriptedTarget plain =
        ScriptedTarget.http(vertx)
            .otherwise(ScriptedTarget.answer(200, "{\"status\": \"well\"}"))
            .on("/silent", ScriptedTarget.silent());
    http = plain.url("/");
    silent = plain.url("/silent");
    https =
        ScriptedTarget.https(vertx, issuer.issue("127.0.0.1"))
            .otherwise(ScriptedTarget.answer(200, "welcome"))
            .url("/");
    tcp = TalkingTarget.plain(vertx).greet("220 welcome\r\n").hostAndPort();
    grpc =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(new HealthStatusManager().getHealthService())
            .build()
            .start();
  }

  /** The modules of a configuration that the targets name. */
  String modules() {
    return """
      good_http: {prober: http, http: {fail_if_body_not_matches_regexp: [well], fail_if_body_json_not_matches_cel: "body.status == 'well'"}}
      good_https: {prober: http, http: {fail_if_not_ssl: true, tls_config: {ca_file: "%s"}}}
      good_tcp: {prober: tcp, tcp: {query_response: [{expect: "^220"}]}}
      good_dns: {prober: dns, dns: {query_name: example.test, query_type: A}}
      good_grpc: {prober: grpc}
    """
        .formatted(authority);
  }

  /** So many targets, each as an element of a list in YAML. */
  List<String> yaml(int count) {
    return IntStream.range(0, count).mapToObj(this::target).toList();
  }

  private String target(int number) {
    String where =
        switch (number % 8) {
          case 0, 1, 2 -> "module: good_http, url: \"" + http + number + "\"";
          case 3, 4 -> "module: good_https, url: \"" + https + number + "\"";
          case 5 -> "module: good_tcp, url: \"" + tcp + "\"";
          case 6 -> "module: good_dns, url: \"127.0.0.1:" + dns.port() + "\"";
          default -> "module: good_grpc, url: \"127.0.0.1:" + grpc.getPort() + "\"";
        };
    return "  - {name: good%d, %s, interval: 10s, timeout: 5s, histogram: %b}\n"
        .formatted(number, where, number % 3 == 0);
  }

  /** The URL of a target that answers. */
  String url() {
    return http;
  }

  /** The URL of a target that never does. */
  String silentUrl() {
    return silent;
  }

  @Override
  public void close() {
    grpc.shutdownNow();
    dns.close();
  }
}
