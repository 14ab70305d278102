package dev.echosounder.bus;

import java.util.Locale;

/** Why a probe ended as it did: the whole, bounded list behind the {@code reason} label. */
public enum Reason {
  /** The target is up. */
  OK,
  /**
   * The status of the answer is not one of the accepted ones: of HTTP, of DNS (the response code),
   * or of gRPC, or the health that a gRPC server tells.
   */
  STATUS,
  /** The deadline passed before the last byte. */
  TIMEOUT,
  /** The host name has no address, or no name server gave one. */
  DNS,
  /** The connection was refused. */
  REFUSED,
  /** The peer ended the connection before the answer was complete. */
  RESET,
  /** No route to the address. */
  UNREACHABLE,
  /** The TLS handshake failed, for none of the two reasons below. */
  TLS,
  /** A certificate of the chain is expired or not valid yet. */
  TLS_EXPIRED,
  /** The certificate is for another host name. */
  TLS_HOSTNAME,
  /** Too many redirects, or one that leads nowhere. */
  REDIRECT,
  /** What the peer sent is not of the protocol that is spoken. */
  PROTOCOL,
  /** The body, or what a peer says in all, is larger than it may be. */
  BODY_LIMIT,
  /** The answer does not hold what the module asks of it, or it took longer than it may. */
  ASSERTION,
  /** The address may not be dialled; nothing was sent. */
  BLOCKED,
  /** No slot of {@code prober.concurrency} came free in time, or no file descriptor was free. */
  OVERLOAD,
  /** A defect of Echosounder itself; the log has the cause. */
  INTERNAL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The value of the {@code reason} label and of {@code reason} in JSON. */
  public String label() {
    return label;
  }
}
