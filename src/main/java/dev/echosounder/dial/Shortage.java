package dev.echosounder.dial;

import java.util.Objects;
import java.util.stream.Stream;

/** Whether a socket failed for want of something of this process, and not because of a peer. */
final class Shortage {

  private static final int DEEPEST = 10;

  private Shortage() {}

  /** The JDK has no type for it: the message is the kernel's, of EMFILE and ENFILE. */
  static boolean isCauseOf(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST)
        .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("Too many open files"));
  }
}
