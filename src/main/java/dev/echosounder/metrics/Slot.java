package dev.echosounder.metrics;

import dev.echosounder.metrics.Family.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One sample line as it is the same for every target: all but the target's labels and its value.
 */
final class Slot {

  private final int index;
  private final Family family;
  private final byte[] head;
  private final byte[] tail;

  /**
   * A sample of a target's family.
   *
   * @param index where the value stands among those of a target
   * @param label what follows the target's labels, such as {@code ,phase="tls"}, or nothing
   */
  Slot(int index, Family family, String label) {
    this(index, family, family.sampleName(), label);
  }

  /** One of several kinds of samples in a family, such as the sum of a histogram. */
  Slot(int index, Family family, String sampleName, String label) {
    this.index = index;
    this.family = family;
    this.head = (sampleName + "{").getBytes(StandardCharsets.UTF_8);
    this.tail = (label + "} ").getBytes(StandardCharsets.UTF_8);
  }

  int index() {
    return index;
  }

  Family family() {
    return family;
  }

  boolean takesOwnLabels() {
    return family.scope() == Scope.LABELLED_TARGET;
  }

  /** Writes the line of one target. */
  void write(byte[] labels, int labelsLength, byte[] value, OutputStream out) throws IOException {
    out.write(head);
    out.write(labels, 0, labelsLength);
    out.write(tail);
    out.write(value);
    out.write('\n');
  }
}
