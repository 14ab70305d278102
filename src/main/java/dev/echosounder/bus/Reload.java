package dev.echosounder.bus;

import java.time.Instant;
import java.util.List;

/** Asks for the configuration to be read again. */
public record Reload() {

  /**
   * How reading the configuration ended.
   *
   * @param problems why the configuration read was refused and the old one kept; empty if it is in
   *     force
   * @param at when it ended
   */
  public record Outcome(List<String> problems, Instant at) {

    public Outcome {
      problems = List.copyOf(problems);
    }

    /** Whether the configuration read is in force. */
    public boolean successful() {
      return problems.isEmpty();
    }
  }
}
