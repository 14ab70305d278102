package dev.echosounder.settings;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as users write them: {@code 10MiB}, {@code 64KiB}, or a number of bytes. {@code KB}, {@code
 * MB} and {@code GB} are the same powers of 1024, as in blackbox_exporter.
 */
public final class SizeText {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}) ?([A-Za-z]*)");
  private static final Map<String, Integer> POWERS =
      Map.of("", 0, "B", 0, "KB", 1, "KiB", 1, "MB", 2, "MiB", 2, "GB", 3, "GiB", 3);

  private SizeText() {}

  /** Reads a size in bytes; empty if the text is none. */
  public static OptionalLong parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || !POWERS.containsKey(form.group(2))) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(form.group(1)) << (10 * POWERS.get(form.group(2))));
  }
}
