package dev.echosounder.discovery;

import dev.echosounder.bus.DiscoveryTotals.Mechanism;
import java.util.Comparator;

/**
 * A file or an endpoint that tells targets. Their order is that in which targets are put in force:
 * files first.
 *
 * @param place the path of the file, or the URL as shown
 */
record Source(Mechanism mechanism, String place) implements Comparable<Source> {

  private static final Comparator<Source> ORDER =
      Comparator.comparing(Source::mechanism).thenComparing(Source::place);

  @Override
  public int compareTo(Source other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return mechanism.label() + " " + place;
  }
}
