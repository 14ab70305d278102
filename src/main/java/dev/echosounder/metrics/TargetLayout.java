package dev.echosounder.metrics;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Phase;
import dev.echosounder.bus.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every sample line that a target may have, in the order of the page. */
final class TargetLayout {

  static final TargetLayout INSTANCE = new TargetLayout();

  private final List<Slot> slots = new ArrayList<>();

  final Slot externalUrlUp = add(Meters.EXTERNAL_URL_UP);
  final Slot externalUrlResponse = add(Meters.EXTERNAL_URL_RESPONSE);
  final Slot success = add(Meters.PROBE_SUCCESS);
  final Slot duration = add(Meters.PROBE_DURATION);
  final Map<Phase, Slot> phases = addEach(Meters.PROBE_PHASES, Phase.class, Phase::label);
  final Slot status = add(Meters.PROBE_STATUS);
  final Map<Measure, Slot> measures = addMeasures();
  final Map<Reason, Slot> attempts = addEach(Meters.PROBE_ATTEMPTS, Reason.class, Reason::label);
  final List<Slot> buckets = addBuckets();
  final Slot bucketsSum = addKind(Meters.PROBE_ATTEMPT_DURATION, "_sum", "");
  final Slot bucketsCount = addKind(Meters.PROBE_ATTEMPT_DURATION, "_count", "");
  final Slot lastRun = add(Meters.PROBE_LAST_RUN);

  /** The lines by family; those of one family must stand together on the page. */
  final List<List<Slot>> families =
      List.copyOf(
          slots.stream().collect(Collectors.groupingBy(Slot::family)).values().stream()
              .sorted((a, b) -> Integer.compare(a.get(0).index(), b.get(0).index()))
              .toList());

  private TargetLayout() {}

  /** How many lines there are. */
  int size() {
    return slots.size();
  }

  private List<Slot> addBuckets() {
    return Buckets.BOUNDS.stream()
        .map(bound -> bound.isInfinite() ? "+Inf" : bound.toString())
        .map(
            bound ->
                addKind(Meters.PROBE_ATTEMPT_DURATION, "_bucket", ",le=\"%s\"".formatted(bound)))
        .toList();
  }

  private Slot addKind(Family family, String suffix, String label) {
    return add(new Slot(slots.size(), family, family.name() + suffix, label));
  }

  private Slot add(Family family) {
    return add(family, "");
  }

  private Slot add(Family family, String label) {
    return add(new Slot(slots.size(), family, label));
  }

  private Slot add(Slot slot) {
    slots.add(slot);
    return slot;
  }

  private <E extends Enum<E>> Map<E, Slot> addEach(
      Family family, Class<E> type, Function<E, String> value) {
    Map<E, Slot> each = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      String label = ",%s=\"%s\"".formatted(family.labels().get(0), value.apply(constant));
      each.put(constant, add(family, label));
    }
    return each;
  }

  private Map<Measure, Slot> addMeasures() {
    Map<Measure, Slot> each = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      String label =
          measure.label().map(l -> ",%s=\"%s\"".formatted(l.name(), l.value())).orElse("");
      each.put(measure, add(Meters.of(measure), label));
    }
    return each;
  }
}
