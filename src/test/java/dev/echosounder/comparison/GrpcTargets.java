package dev.echosounder.comparison;

import dev.echosounder.testing.Identity;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/** The gRPC servers that both ask, and the cases. */
final class GrpcTargets implements AutoCloseable {

  private final HealthStatusManager health = new HealthStatusManager();
  private final List<Server> servers = new ArrayList<>();

  List<Case> cases(Certificates certificates, int unused) throws Exception {
    health.setStatus("shop", ServingStatus.SERVING);
    health.setStatus("sick", ServingStatus.NOT_SERVING);
    String plain = listen(InsecureServerCredentials.create());
    String secure = listen(tls(certificates.good));
    return List.of(
        Case.of("a server that serves", "grpc_any", plain),
        Case.of("a service that serves", "grpc_plain", plain),
        Case.of("a service that does not serve", "grpc_sick", plain),
        Case.of("a service that is not known", "grpc_missing", plain),
        Case.of("a service behind TLS", "grpc_tls", secure),
        Case.of("a refused connection", "grpc_plain", "127.0.0.1:" + unused)
            .but(Difference.NO_ANSWER_OF_GRPC));
  }

  private String listen(ServerCredentials credentials) throws Exception {
    Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
            .addService(health.getHealthService())
            .build()
            .start();
    servers.add(server);
    return "127.0.0.1:" + server.getPort();
  }

  private static ServerCredentials tls(Identity identity) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(identity.pkcs12()), Identity.PASSWORD.toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, Identity.PASSWORD.toCharArray());
    return TlsServerCredentials.newBuilder().keyManager(keys.getKeyManagers()).build();
  }

  @Override
  public void close() {
    servers.forEach(Server::shutdownNow);
  }
}
