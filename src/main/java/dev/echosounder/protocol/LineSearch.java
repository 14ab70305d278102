package dev.echosounder.protocol;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.ProbeFailure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Looks for a line that matches. For a worker: RE2/J takes 0.1 ms for a KiB, with some expressions
 * ten times that.
 */
final class LineSearch {

  /** How many bytes a line may have, its newline included: as many as Go's scanner takes. */
  static final int MAX_LINE = 64 * 1024;

  private final Pattern pattern;
  private final BooleanSupplier over;

  /**
   * @param over whether nobody waits for the answer any more
   */
  LineSearch(Pattern pattern, BooleanSupplier over) {
    this.pattern = pattern;
    this.over = over;
  }

  /**
   * The first line that matches.
   *
   * @param lines UTF-8, one or more, the last one with or without a newline
   * @throws ProbeFailure if a line before it is too long, or nobody waits any more
   */
  Optional<Found> first(byte[] lines) throws ProbeFailure {
    int start = 0;
    while (start < lines.length) {
      int end = endOfLine(lines, start);
      if (end - start > MAX_LINE) {
        throw tooLong();
      }
      Optional<Match> match = match(text(lines, start, end));
      if (match.isPresent()) {
        return Optional.of(new Found(match.get(), end));
      }
      start = end;
    }
    return Optional.empty();
  }

  private Optional<Match> match(String line) throws ProbeFailure {
    if (over.getAsBoolean()) {
      throw new ProbeFailure(Reason.TIMEOUT);
    }
    try {
      Matcher matcher = pattern.matcher(new EndingText(line, over));
      return matcher.find() ? Optional.of(Match.of(matcher)) : Optional.empty();
    } catch (EndingText.EndException e) {
      throw new ProbeFailure(Reason.TIMEOUT);
    }
  }

  static ProbeFailure tooLong() {
    return new ProbeFailure(Reason.PROTOCOL, "a line of more than " + MAX_LINE + " bytes");
  }

  private static int endOfLine(byte[] lines, int start) {
    int end = start;
    while (end < lines.length && lines[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, lines.length);
  }

  private static String text(byte[] lines, int start, int end) {
    int length = end - start;
    if (length > 0 && lines[start + length - 1] == '\n') {
      length--;
    }
    if (length > 0 && lines[start + length - 1] == '\r') {
      length--;
    }
    return new String(lines, start, length, StandardCharsets.UTF_8);
  }

  /**
   * A line that matches.
   *
   * @param end where the next line begins
   */
  record Found(Match match, int end) {}
}
