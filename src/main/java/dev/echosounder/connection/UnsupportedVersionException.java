package dev.echosounder.connection;

/** A request of a version of HTTP that is not spoken on its connection. */
public final class UnsupportedVersionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnsupportedVersionException(String version) {
    super(version);
  }
}
