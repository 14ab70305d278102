package dev.echosounder.schema;

/**
 * A text that is not the document it should be; the message says where and why, without secrets.
 */
public final class BadDocumentException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is wrong: {@code place: got X, expected Y}, or without a place. */
  public BadDocumentException(String message) {
    super(message);
  }
}
