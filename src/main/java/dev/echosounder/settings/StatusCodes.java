package dev.echosounder.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The HTTP status codes that are up.
 *
 * @param ranges of which one must hold the code
 */
public record StatusCodes(List<Range> ranges) {

  /** blackbox_exporter's default. */
  public static final StatusCodes SUCCESSFUL = new StatusCodes(List.of(new Range(200, 299)));

  public StatusCodes {
    ranges = List.copyOf(ranges);
  }

  /** Single codes; none stands for 200 to 299. */
  public static StatusCodes of(int... codes) {
    return of(Arrays.stream(codes).mapToObj(code -> new Range(code, code)).toList());
  }

  /** Any of these; none stands for 200 to 299. */
  public static StatusCodes of(List<Range> ranges) {
    return ranges.isEmpty() ? SUCCESSFUL : new StatusCodes(ranges);
  }

  /** Whether an answer with this status code is up. */
  public boolean accepts(int code) {
    return ranges.stream().anyMatch(range -> code >= range.lowest() && code <= range.highest());
  }

  /**
   * Codes in a row.
   *
   * @param lowest from 100
   * @param highest to 599, no less than the lowest
   */
  public record Range(int lowest, int highest) {

    private static final Pattern FORM =
        Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?|([1-5])[xX]{2}");

    public Range {
      if (lowest < 100 || highest > 599 || lowest > highest) {
        throw new IllegalArgumentException(
            "got " + lowest + " to " + highest + ", expected from 100 to 599");
      }
    }

    /** Reads {@code 204}, {@code 200-299} or {@code 3xx}; empty if the text is none of these. */
    public static Optional<Range> parse(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        return Optional.empty();
      }
      if (form.group(3) != null) {
        int first = Integer.parseInt(form.group(3)) * 100;
        return Optional.of(new Range(first, first + 99));
      }
      int lowest = Integer.parseInt(form.group(1));
      int highest = form.group(2) == null ? lowest : Integer.parseInt(form.group(2));
      return lowest > highest ? Optional.empty() : Optional.of(new Range(lowest, highest));
    }
  }
}
