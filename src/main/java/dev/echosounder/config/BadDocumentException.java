package dev.echosounder.config;

/** A text that is no configuration document; the message says where and why, without secrets. */
final class BadDocumentException extends Exception {

  private static final long serialVersionUID = 1L;

  BadDocumentException(String message) {
    super(message);
  }
}
