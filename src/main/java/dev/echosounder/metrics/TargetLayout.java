package dev.echosounder.metrics;

import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.Protocol;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every sample line that a target may have, of any protocol, in the order of the page. A line that
 * a target does not have costs it the four bytes of a reference.
 */
final class TargetLayout {

  static final TargetLayout INSTANCE = new TargetLayout();

  private final List<Slot> slots = new ArrayList<>();

  final Slot externalUrlUp = add(Meters.EXTERNAL_URL_UP);
  final Slot externalUrlResponse = add(Meters.EXTERNAL_URL_RESPONSE);
  final Slot success = add(Meters.PROBE_SUCCESS);
  final Slot duration = add(Meters.PROBE_DURATION);
  final Map<Protocol, Map<PhaseNames.Part, Slot>> phases = addPhases();
  final Slot status = add(Meters.PROBE_STATUS);
  final Map<Measure, Slot> measures = addMeasures();
  final Map<Info, Slot> infos = addInfos();
  final Slot addressSuccess = addLabelled(Meters.PROBE_IP_SUCCESS);
  final Slot addressDuration = addLabelled(Meters.PROBE_IP_DURATION);
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
        .map(bound -> addKind(Meters.PROBE_ATTEMPT_DURATION, "_bucket", label("le", bound)))
        .toList();
  }

  private Slot addKind(Family family, String suffix, String label) {
    return add(Slot.line(slots.size(), family, family.name() + suffix, label));
  }

  private Slot add(Family family) {
    return add(family, "");
  }

  private Slot add(Family family, String label) {
    return add(Slot.line(slots.size(), family, family.sampleName(), label));
  }

  private Slot addLabelled(Family family) {
    return add(Slot.labelled(slots.size(), family));
  }

  private Slot add(Slot slot) {
    slots.add(slot);
    return slot;
  }

  private <E extends Enum<E>> Map<E, Slot> addEach(
      Family family, Class<E> type, Function<E, String> value) {
    Map<E, Slot> each = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      each.put(constant, add(family, label(family.labels().get(0), value.apply(constant))));
    }
    return each;
  }

  private Map<Protocol, Map<PhaseNames.Part, Slot>> addPhases() {
    Map<Protocol, Map<PhaseNames.Part, Slot>> each = new EnumMap<>(Protocol.class);
    for (Protocol protocol : Protocol.values()) {
      PhaseNames names = PhaseNames.of(protocol);
      Map<PhaseNames.Part, Slot> parts = new LinkedHashMap<>();
      names.parts().forEach(part -> parts.put(part, add(names.family(), label(part))));
      each.put(protocol, parts);
    }
    return each;
  }

  private static String label(PhaseNames.Part part) {
    return label(Meters.PHASE, part.label());
  }

  private Map<Measure, Slot> addMeasures() {
    Map<Measure, Slot> each = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      String label = measure.label().map(l -> label(l.name(), l.value())).orElse("");
      each.put(measure, add(Meters.of(measure), label));
    }
    return each;
  }

  private Map<Info, Slot> addInfos() {
    Map<Info, Slot> each = new EnumMap<>(Info.class);
    for (Info info : Info.values()) {
      each.put(info, addLabelled(Meters.of(info)));
    }
    return each;
  }

  private static String label(String name, String value) {
    return ",%s=\"%s\"".formatted(name, value);
  }
}
