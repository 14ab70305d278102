package dev.echosounder.metrics;

import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.TargetId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The series of one target as bytes ready for the page. Immutable: a result makes a new one, which
 * shares the labels, and any thread may write one out.
 *
 * <p>Labels are kept once and values by line, not whole lines: that is a quarter of the memory, and
 * a result renders numbers only.
 */
final class TargetSeries {

  private static final TargetLayout LAYOUT = TargetLayout.INSTANCE;

  private final byte[] labels;
  private final int sharedLabelsLength;
  private final EnumMap<Reason, Long> attempts;
  private final Optional<Buckets> buckets;
  private final byte[][] values;

  private TargetSeries(
      byte[] labels,
      int sharedLabelsLength,
      EnumMap<Reason, Long> attempts,
      Optional<Buckets> buckets,
      byte[][] values) {
    this.labels = labels;
    this.sharedLabelsLength = sharedLabelsLength;
    this.attempts = attempts;
    this.buckets = buckets;
    this.values = values;
  }

  /** The series of a target without a result: a counter of good probes, at 0. */
  static TargetSeries of(TargetId id) {
    StringBuilder text = new StringBuilder();
    TextFormat.appendLabel(text, "url", id.url());
    id.name().ifPresent(name -> TextFormat.appendLabel(text, "name", name));
    int shared = text.toString().getBytes(StandardCharsets.UTF_8).length;
    new TreeMap<>(id.labels()).forEach((name, value) -> TextFormat.appendLabel(text, name, value));
    byte[] labels = text.toString().getBytes(StandardCharsets.UTF_8);

    TargetSeries series =
        new TargetSeries(
            labels,
            shared,
            new EnumMap<>(Reason.class),
            Optional.empty(),
            new byte[LAYOUT.size()][]);
    series.set(LAYOUT.attempts.get(Reason.OK), 0L);
    return series;
  }

  /** These series with a histogram, which begins at 0, or without. */
  TargetSeries withHistogram(boolean wanted) {
    if (wanted == buckets.isPresent()) {
      return this;
    }
    TargetSeries next =
        with(wanted ? Optional.of(Buckets.EMPTY) : Optional.empty(), values.clone());
    next.setBuckets();
    return next;
  }

  /** These series after one more result. */
  TargetSeries after(ProbeResult result) {
    TargetSeries next = with(buckets.map(all -> all.plus(result)), new byte[values.length][]);
    LAYOUT.attempts.values().forEach(slot -> next.set(slot, values[slot.index()]));
    next.count(result);
    new ResultValues(result, next.values).put();
    return next;
  }

  /** These series after a failure that is tried again: counted, and no verdict on the target. */
  TargetSeries counting(ProbeResult retried) {
    TargetSeries next = with(buckets.map(all -> all.plus(retried)), values.clone());
    next.count(retried);
    return next;
  }

  private TargetSeries with(Optional<Buckets> nextBuckets, byte[][] nextValues) {
    return new TargetSeries(labels, sharedLabelsLength, attempts.clone(), nextBuckets, nextValues);
  }

  private void count(ProbeResult result) {
    Reason reason = result.reason();
    set(LAYOUT.attempts.get(reason), (long) attempts.merge(reason, 1L, Long::sum));
    setBuckets();
  }

  private void setBuckets() {
    for (int i = 0; i < LAYOUT.buckets.size(); i++) {
      int bound = i;
      set(LAYOUT.buckets.get(i), buckets.map(all -> TextFormat.number(all.upTo(bound))));
    }
    set(LAYOUT.bucketsSum, buckets.map(all -> TextFormat.number(all.sum())));
    set(LAYOUT.bucketsCount, buckets.map(all -> TextFormat.number(all.count())));
  }

  private void set(Slot slot, Optional<byte[]> value) {
    values[slot.index()] = value.orElse(null);
  }

  private void set(Slot slot, long value) {
    set(slot, TextFormat.number(value));
  }

  private void set(Slot slot, byte[] value) {
    values[slot.index()] = value;
  }

  /** Whether there is a sample for this line. */
  boolean has(Slot slot) {
    return values[slot.index()] != null;
  }

  /** Writes the sample of this line, or the samples, which must be there. */
  void write(Slot slot, OutputStream out) throws IOException {
    int length = slot.takesOwnLabels() ? labels.length : sharedLabelsLength;
    slot.write(labels, length, values[slot.index()], out);
  }
}
