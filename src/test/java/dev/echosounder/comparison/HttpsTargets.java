package dev.echosounder.comparison;

import dev.echosounder.testing.Identity;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.util.ArrayList;
import java.util.List;

/** The servers that speak TLS, and their cases. */
final class HttpsTargets implements AutoCloseable {

  private final Vertx vertx;
  private final Certificates certificates;
  private final List<ScriptedTarget> scripted = new ArrayList<>();

  HttpsTargets(Vertx vertx, Certificates certificates) {
    this.vertx = vertx;
    this.certificates = certificates;
  }

  List<Case> cases() throws Exception {
    ScriptedTarget good = scripted(certificates.good);
    ScriptedTarget expired = scripted(certificates.expired);
    ScriptedTarget elsewhere = scripted(certificates.elsewhere);
    ScriptedTarget stranger = scripted(certificates.stranger);
    ScriptedTarget shop = scripted(certificates.shop);
    ScriptedTarget old = scripted(certificates.good, "TLSv1.2");
    String http2 = "https://localhost:" + http2(ClientAuth.NONE) + "/";
    String mutual = "https://localhost:" + http2(ClientAuth.REQUIRED) + "/";
    return List.of(
        of("a good certificate, by name", "https_ca", good.url("localhost", "/200")),
        of("a good certificate, by address", "https_ca", good.url("/200")),
        of("a bad status over TLS", "https_ca", good.url("/503")),
        of("a redirect over TLS", "https_ca", good.url("/to-200-by-302")),
        of("TLS where it must not be", "http_fail_if_ssl", good.url("/200")),
        of("TLS where it must be", "http_fail_if_not_ssl", good.url("/200")),
        of("TLS 1.2", "https_ca", old.url("localhost", "/200")),
        of("TLS 1.2 where 1.3 is wanted", "https_13", old.url("localhost", "/200")),
        of("TLS 1.3 where it is wanted", "https_13", good.url("localhost", "/200")),
        of("a certificate of an unknown authority", "https_system", good.url("/200")),
        of("a certificate of another authority", "https_ca", stranger.url("/200")),
        of("an expired certificate", "https_ca", expired.url("localhost", "/200")),
        of("a certificate of another host", "https_ca", elsewhere.url("localhost", "/200")),
        of("an expired certificate, not verified", "https_any", expired.url("localhost", "/200"))
            .but(Difference.NO_CHAIN_VERIFIED),
        of("another host's certificate, not verified", "https_any", elsewhere.url("/200"))
            .but(Difference.NO_CHAIN_VERIFIED),
        of("a stranger's certificate, not verified", "https_any", stranger.url("/200"))
            .but(Difference.NO_CHAIN_VERIFIED),
        of("a server name", "https_server_name", shop.url("/200")),
        of("a wrong server name", "https_server_name", good.url("/200")),
        of("a server name by the query", "https_ca", shop.url("/200"))
            .with("&hostname=shop.example"),
        of("HTTP/2", "https_ca", http2),
        of("HTTP/2 where it is wanted", "http_20", http2),
        of("HTTP/1.1 where HTTP/2 is wanted", "http_20", good.url("/200")),
        of("HTTP/1.1 where HTTP/2 is off", "https_http1", http2),
        of("a client certificate", "https_client", mutual),
        of("no client certificate where one is needed", "https_ca", mutual),
        of("plain HTTP asked of TLS", "http_2xx", good.url("/200").replace("https:", "http:")));
  }

  private static Case of(String name, String module, String target) {
    return Case.of(name, module, target);
  }

  private ScriptedTarget scripted(Identity identity, String... protocols) {
    ScriptedTarget server = HttpTargets.on(ScriptedTarget.https(vertx, identity, protocols));
    scripted.add(server);
    return server;
  }

  private int http2(ClientAuth clients) throws Exception {
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setClientAuth(clients)
            .setTrustOptions(
                new PemTrustOptions().addCertValue(Buffer.buffer(certificates.authority())))
            .setKeyCertOptions(
                new PfxOptions()
                    .setValue(Buffer.buffer(certificates.good.pkcs12()))
                    .setPassword(Identity.PASSWORD));
    HttpServer server =
        vertx.createHttpServer(options).requestHandler(request -> request.response().end("hello"));
    return Waiting.on(server.listen(0, "127.0.0.1")).actualPort();
  }

  @Override
  public void close() {
    scripted.forEach(ScriptedTarget::close);
  }
}
