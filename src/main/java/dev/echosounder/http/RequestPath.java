package dev.echosounder.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The one rule by which a request target becomes the path that routes are matched with:
 *
 * <ol>
 *   <li>the path is taken from the origin form or the absolute form (RFC 9112 section 3.2), without
 *       the query;
 *   <li>every percent-encoded octet is decoded, once, and the result must be UTF-8 without control
 *       characters;
 *   <li>dot segments are removed (RFC 3986 section 5.2.4).
 * </ol>
 *
 * Nothing else is changed: letter case, repeated slashes and path parameters ({@code ;x}) are part
 * of the path, so a path that differs in them is another path.
 */
final class RequestPath {

  private RequestPath() {}

  /** The path of a request target, or empty if the target is malformed. */
  static Optional<String> of(String target) {
    int start = pathStart(target);
    if (start < 0) {
      return Optional.empty();
    }
    int end = start;
    boolean plain = true;
    for (; end < target.length(); end++) {
      char c = target.charAt(end);
      if (c == '?') {
        break;
      }
      if (c <= ' ' || c == 0x7f || c == '#') {
        return Optional.empty();
      }
      plain &= c != '%' && !(c == '.' && (end == start || target.charAt(end - 1) == '/'));
    }
    if (start == end) {
      return Optional.of("/");
    }
    String path = start == 0 && end == target.length() ? target : target.substring(start, end);
    return plain ? Optional.of(path) : decode(path).map(RequestPath::removeDotSegments);
  }

  /** Where the path starts, or -1: after the authority in absolute form, else at the beginning. */
  private static int pathStart(String target) {
    if (target.isEmpty()) {
      return -1;
    }
    if (target.charAt(0) == '/') {
      return 0;
    }
    int scheme = target.indexOf("://");
    if (scheme <= 0 || !isScheme(target, scheme)) {
      return -1;
    }
    for (int i = scheme + 3; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '#') {
        return -1;
      }
      if (c == '/' || c == '?') {
        // RFC 9110 section 4.2.1: an empty host is invalid.
        return i == scheme + 3 ? -1 : i;
      }
    }
    return scheme + 3 == target.length() ? -1 : target.length();
  }

  /** By RFC 3986 section 3.1; a query such as {@code x?u=http://a/b} is no scheme. */
  private static boolean isScheme(String target, int end) {
    return target
        .chars()
        .limit(end)
        .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0));
  }

  private static Optional<String> decode(String path) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '%') {
        octets.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
      int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      octets.write(high << 4 | low);
      i += 2;
    }
    return utf8(octets.toByteArray())
        .filter(decoded -> decoded.chars().noneMatch(Character::isISOControl));
  }

  private static Optional<String> utf8(byte[] octets) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String removeDotSegments(String path) {
    if (path.charAt(0) != '/') {
      return path;
    }
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = path.substring(1).split("/", -1);
    for (String segment : segments) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    String last = segments[segments.length - 1];
    boolean directory = last.equals(".") || last.equals("..");
    return "/" + String.join("/", kept) + (directory && !kept.isEmpty() ? "/" : "");
  }
}
