package dev.echosounder.http;

import java.net.BindException;
import java.net.UnknownHostException;

/** The service cannot listen where it is told to. The message says where, why, and what to do. */
final class CannotListenException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param port as configured; a negative one stands for a free one
   * @param key the configuration key of the port
   * @param cause as the system told it
   */
  CannotListenException(String host, int port, String key, Throwable cause) {
    super(
        "cannot listen on %s:%d (%s): set %s"
            .formatted(host, Math.max(0, port), why(cause), remedy(key, cause)),
        cause);
  }

  private static String why(Throwable cause) {
    return cause instanceof UnknownHostException ? "no such host" : cause.getMessage();
  }

  private static String remedy(String key, Throwable cause) {
    return addressIsNotOurs(cause)
        ? "http.host to an address of this machine"
        : key + " to a port that is free, or to 0 for any";
  }

  private static boolean addressIsNotOurs(Throwable cause) {
    return cause instanceof UnknownHostException
        || (cause instanceof BindException && cause.getMessage().contains("requested address"));
  }
}
