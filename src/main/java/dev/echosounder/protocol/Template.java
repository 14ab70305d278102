package dev.echosounder.protocol;

/**
 * Texts with the groups of a match in them, by the rules of {@code Regexp.Expand} of Go: {@code
 * $1}, {@code ${1}}, {@code $name}, {@code ${name}}; {@code $$} is a dollar sign. A name without
 * braces is as long as it can be. A group that does not exist, or did not take part, is empty.
 */
final class Template {

  private final String text;
  private final Match match;
  private final StringBuilder expanded = new StringBuilder();
  private int at;

  private Template(String text, Match match) {
    this.text = text;
    this.match = match;
  }

  /** The text with the groups of a match put in. */
  static String expand(String text, Match match) {
    return new Template(text, match).expand();
  }

  private String expand() {
    while (at < text.length()) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0) {
        break;
      }
      expanded.append(text, at, dollar);
      at = dollar + 1;
      substitute();
    }
    return expanded.append(text, at, text.length()).toString();
  }

  private void substitute() {
    if (text.startsWith("$", at)) {
      expanded.append('$');
      at++;
      return;
    }
    boolean braced = text.startsWith("{", at);
    int start = braced ? at + 1 : at;
    int end = endOfName(start);
    if (end == start || (braced && !text.startsWith("}", end))) {
      expanded.append('$');
      return;
    }
    expanded.append(match.group(text.substring(start, end)).orElse(""));
    at = braced ? end + 1 : end;
  }

  private int endOfName(int start) {
    int end = start;
    while (end < text.length() && isOfAName(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean isOfAName(int c) {
    return c == '_' || Character.isLetter(c) || Character.isDigit(c);
  }
}
