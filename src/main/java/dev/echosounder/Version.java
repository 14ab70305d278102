package dev.echosounder;

import java.util.Optional;

/** The version of this build. */
final class Version {

  private Version() {}

  /** The version of the jar; {@code dev} where classes run without one. */
  static String current() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("dev");
  }
}
