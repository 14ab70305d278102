package dev.echosounder.http;

/** A request of a version of HTTP that is not spoken on its connection. */
final class UnsupportedVersionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnsupportedVersionException(String version) {
    super(version);
  }
}
