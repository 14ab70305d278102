package dev.echosounder.metrics;

import dev.echosounder.metrics.Family.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One sample line as it is the same for every target: all but the target's labels and its value. Or
 * the lines of a {@link LabelledValue}, where labels are part of what differs.
 */
final class Slot {

  private final int index;
  private final Family family;
  private final byte[] head;
  private final byte[] tail;
  private final boolean labelled;

  private Slot(int index, Family family, String sampleName, String tail, boolean labelled) {
    this.index = index;
    this.family = family;
    this.head = (sampleName + "{").getBytes(StandardCharsets.UTF_8);
    this.tail = tail.getBytes(StandardCharsets.UTF_8);
    this.labelled = labelled;
  }

  /**
   * One line.
   *
   * @param index where the value stands among those of a target
   * @param sampleName the family's, or that of one of its kinds, such as the sum of a histogram
   * @param label what follows the target's labels, such as {@code ,phase="tls"}, or nothing
   */
  static Slot line(int index, Family family, String sampleName, String label) {
    return new Slot(index, family, sampleName, label + "} ", false);
  }

  /** One line, or several, of a {@link LabelledValue}. */
  static Slot labelled(int index, Family family) {
    return new Slot(index, family, family.sampleName(), "", true);
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

  /** Writes the line of one target, or its lines. */
  void write(byte[] labels, int labelsLength, byte[] value, OutputStream out) throws IOException {
    int from = 0;
    while (from < value.length) {
      int end = labelled ? endOfLine(value, from) : value.length;
      out.write(head);
      out.write(labels, 0, labelsLength);
      out.write(tail);
      out.write(value, from, end - from);
      out.write('\n');
      from = end + 1;
    }
  }

  private static int endOfLine(byte[] value, int from) {
    int end = from;
    while (end < value.length && value[end] != '\n') {
      end++;
    }
    return end;
  }
}
