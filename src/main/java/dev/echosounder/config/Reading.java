package dev.echosounder.config;

import dev.echosounder.settings.Settings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of reading the configuration. A configuration that is refused is a reading too.
 *
 * @param settings the settings, if there is no problem
 * @param problems why there are none, each one line without any secret
 * @param warnings what was ignored or cannot work, each one line
 * @param embeddedDefault whether nobody configured anything: there is no file, or the one at the
 *     default place is the embedded default to the byte
 */
public record Reading(
    Optional<Settings> settings,
    List<String> problems,
    List<String> warnings,
    boolean embeddedDefault) {

  public Reading {
    Objects.requireNonNull(settings, "settings");
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    if (settings.isPresent() != problems.isEmpty()) {
      throw new IllegalArgumentException("expected either settings or problems");
    }
  }
}
