package dev.echosounder.reader;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The header of that name (RFC 9110 section 12.5.3).
 *
 * @param value its values, separated by commas
 */
record AcceptEncoding(String value) {

  static final String NAME = "Accept-Encoding";

  private static final Pattern NONE = Pattern.compile(";\\s*q\\s*=\\s*0(?:\\.0*)?\\s*$");

  static AcceptEncoding of(Collection<String> values) {
    return new AcceptEncoding(values.stream().collect(Collectors.joining(",")));
  }

  /** Whether a server that takes it literally may answer with a coding: it is named, or all are. */
  boolean accepts(String coding) {
    return elements(coding)
        .findFirst()
        .or(() -> elements("*").findFirst())
        .filter(this::wanted)
        .isPresent();
  }

  private Stream<String> elements(String coding) {
    return Arrays.stream(value.toLowerCase(Locale.ROOT).split(","))
        .map(String::strip)
        .filter(element -> element.split(";", 2)[0].strip().equals(coding));
  }

  private boolean wanted(String element) {
    Matcher none = NONE.matcher(element);
    return !none.find();
  }
}
