package dev.echosounder.metrics;

import dev.echosounder.bus.AddressOutcome;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.Protocol;
import dev.echosounder.settings.TargetId;
import java.time.Duration;
import java.util.List;

/**
 * Puts what a result tells of its target among the values of its lines; what the probe did not
 * reach is left as it is.
 *
 * @param result the newest
 * @param values by the index of their {@link Slot}
 */
@SuppressWarnings("ArrayRecordComponent") // It is there to be filled.
record ResultValues(ProbeResult result, byte[][] values) {

  private static final TargetLayout LAYOUT = TargetLayout.INSTANCE;

  void put() {
    byte[] up = TextFormat.number(result.up() ? 1L : 0L);
    set(LAYOUT.externalUrlUp, up);
    set(LAYOUT.success, up);
    set(LAYOUT.externalUrlResponse, TextFormat.number(result.duration().toNanos() / 1e6));
    set(LAYOUT.duration, seconds(result.duration()));
    set(LAYOUT.lastRun, TextFormat.timestamp(result.checkedAt()));
    if (result.protocol() == Protocol.HTTP) {
      result.statusCode().ifPresent(code -> set(LAYOUT.status, TextFormat.number((long) code)));
    }
    putPhases();
    result.measures().forEach(this::putMeasure);
    TargetId id = result.target();
    result
        .infos()
        .forEach((info, labels) -> set(LAYOUT.infos.get(info), LabelledValue.info(labels, id)));
    putAddresses();
  }

  private void putPhases() {
    LAYOUT
        .phases
        .get(result.protocol())
        .forEach(
            (part, slot) -> part.time(result.phases()).ifPresent(time -> set(slot, seconds(time))));
  }

  private void putMeasure(Measure measure, double value) {
    if (measure.label().map(Measure.Label::name).map(this::isFree).orElse(true)) {
      set(LAYOUT.measures.get(measure), TextFormat.number(value));
    }
  }

  private void putAddresses() {
    List<AddressOutcome> addresses = result.addresses();
    if (!addresses.isEmpty() && isFree(Meters.IP)) {
      set(LAYOUT.addressSuccess, LabelledValue.ofEach(addresses, ResultValues::success));
      set(
          LAYOUT.addressDuration,
          LabelledValue.ofEach(addresses, outcome -> seconds(outcome.duration())));
    }
  }

  /** Without the label that tells them apart, several series would be one. */
  private boolean isFree(String label) {
    return LabelledValue.isFree(label, result.target());
  }

  private static byte[] success(AddressOutcome outcome) {
    return TextFormat.number(outcome.reason() == Reason.OK ? 1L : 0L);
  }

  private static byte[] seconds(Duration duration) {
    return TextFormat.number(duration.toNanos() / 1e9);
  }

  private void set(Slot slot, byte[] value) {
    values[slot.index()] = value;
  }
}
