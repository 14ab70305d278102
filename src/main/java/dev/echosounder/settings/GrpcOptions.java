package dev.echosounder.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The options of the gRPC prober, which asks {@code grpc.health.v1.Health}.
 *
 * @param ip which of the name's addresses is dialled
 * @param service the service asked after; empty stands for the server as a whole
 * @param secure whether TLS is spoken
 * @param tls how TLS is done
 * @param metadata sent with the question
 */
public record GrpcOptions(
    IpChoice ip, String service, boolean secure, TlsOptions tls, Map<String, List<Secret>> metadata)
    implements ProbeOptions {

  /** The server as a whole, without TLS. */
  public static final GrpcOptions DEFAULT =
      new GrpcOptions(IpChoice.DEFAULT, "", false, TlsOptions.DEFAULT, Map.of());

  public GrpcOptions {
    Objects.requireNonNull(ip, "ip");
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(tls, "tls");
    metadata = Map.copyOf(metadata);
  }

  @Override
  public Protocol protocol() {
    return Protocol.GRPC;
  }
}
