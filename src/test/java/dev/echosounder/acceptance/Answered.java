package dev.echosounder.acceptance;

import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer that came as a whole.
 *
 * @param closing whether the connection ends with it
 * @param length of all its bytes
 */
record Answered(String code, boolean closing, String body, int length) {

  private static final int STATUS = "HTTP/1.1 ".length();
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");

  /** The answer that these bytes begin with, once it is complete. */
  static Optional<Answered> in(Buffer received) {
    String text = received.toString("ISO-8859-1");
    int end = text.indexOf(END_OF_HEAD);
    if (end < 0) {
      return Optional.empty();
    }
    String head = text.substring(0, end).toLowerCase(Locale.ROOT);
    Matcher length = LENGTH.matcher(head);
    if (!length.find()) {
      throw new AssertionError("an answer without a length: " + head);
    }
    int begin = end + END_OF_HEAD.length();
    int whole = begin + Integer.parseInt(length.group(1));
    if (received.length() < whole) {
      return Optional.empty();
    }
    return Optional.of(
        new Answered(
            head.substring(STATUS, STATUS + 3),
            head.contains("connection: close"),
            text.substring(begin, whole),
            whole));
  }

  /** Whether the service said that it takes no more requests. */
  boolean isRefusal() {
    return code.equals("503") && body.contains("\"stopping\"");
  }
}
