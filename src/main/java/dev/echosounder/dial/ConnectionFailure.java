package dev.echosounder.dial;

import dev.echosounder.bus.Reason;
import java.net.ConnectException;
import java.net.PortUnreachableException;

/** What the failure of a socket says about the peer. */
public final class ConnectionFailure {

  private ConnectionFailure() {}

  /**
   * The failure of a probe whose socket failed, when it was connected or later: {@link
   * Reason#REFUSED}, {@link Reason#RESET}, {@link Reason#UNREACHABLE}, {@link Reason#TIMEOUT} where
   * the kernel has given up, or {@link Reason#OVERLOAD} where no descriptor was free.
   */
  public static ProbeFailure of(Throwable cause) {
    return new ProbeFailure(reason(cause), cause);
  }

  // The JDK has no types for an attempt that the kernel gives up (after 127 s by default on Linux),
  // nor for a peer that resets the connection before the client has noticed that it stands.
  private static Reason reason(Throwable cause) {
    if (Shortage.isCauseOf(cause)) {
      return Reason.OVERLOAD;
    }
    String message = String.valueOf(cause.getMessage());
    if (message.startsWith("Connection timed out")) {
      return Reason.TIMEOUT;
    }
    if (message.startsWith("Connection reset") || message.startsWith("Broken pipe")) {
      return Reason.RESET;
    }
    return cause instanceof ConnectException || cause instanceof PortUnreachableException
        ? Reason.REFUSED
        : Reason.UNREACHABLE;
  }
}
