package dev.echosounder.settings;

/** How a module probes and judges, beyond what all protocols share: one kind for each protocol. */
public sealed interface ProbeOptions permits HttpOptions, TcpOptions, DnsOptions, GrpcOptions {

  /** The protocol whose options these are. */
  Protocol protocol();

  /** Which of a name's addresses is dialled. */
  IpChoice ip();
}
