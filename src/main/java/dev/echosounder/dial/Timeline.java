package dev.echosounder.dial;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What happens in one probe and when, for people who look into why it failed. One that is off costs
 * nothing: no text is made. Used on one event loop only.
 */
public final class Timeline {

  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 500;

  private final boolean on;
  private final long startedAt = System.nanoTime();
  private final Hiding hiding = new Hiding();
  private final List<String> lines = new ArrayList<>();
  private Optional<String> body = Optional.empty();

  private Timeline(boolean on) {
    this.on = on;
  }

  /** One that takes nothing down. */
  public static Timeline off() {
    return new Timeline(false);
  }

  /** One that begins now. */
  public static Timeline on() {
    return new Timeline(true);
  }

  /** Hides these texts in all that is taken down from now on: peers repeat what they are sent. */
  public void hide(Collection<String> secrets) {
    if (on) {
      hiding.add(secrets);
    }
  }

  /** Whether anything is taken down. */
  public boolean isOn() {
    return on;
  }

  /**
   * Takes down that something happened now.
   *
   * @param text what; it may hold what was told to be hidden, and no other secret; not more than
   *     500 characters are kept of it
   */
  public void add(Supplier<String> text) {
    if (on && lines.size() < MOST_LINES) {
      double milliseconds = (System.nanoTime() - startedAt) / 1e6;
      String line = hiding.of(text.get());
      String shown = line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
      lines.add("%10.3f ms  %s".formatted(milliseconds, shown));
    }
  }

  /** Keeps the beginning of an answer's body. */
  public void body(String beginning) {
    if (on) {
      body = Optional.of(hiding.of(beginning));
    }
  }

  /** What was taken down so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The beginning of the answer's body, where it was kept. */
  public Optional<String> body() {
    return body;
  }
}
