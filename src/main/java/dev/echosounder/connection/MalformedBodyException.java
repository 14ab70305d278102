package dev.echosounder.connection;

/** The body of a request is not what RFC 9112 section 7 lets it be; where it ends is unknown. */
public final class MalformedBodyException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedBodyException(Throwable cause) {
    super(cause);
  }
}
