package dev.echosounder.soak;

import dev.echosounder.testing.OutcomeTable;
import java.io.IOException;
import java.util.List;

/** What a soak found, as a page. */
final class SoakReport {

  static final String PAGE = "soak.md";

  private SoakReport() {}

  /** Writes the page anew with what is known now. */
  static void write(String title, List<SoakedService> services) throws IOException {
    OutcomeTable table =
        new OutcomeTable(
            title,
            "service",
            "seconds",
            "answers",
            "resident MiB",
            "live heap MiB",
            "direct MiB",
            "descriptors",
            "threads",
            "series",
            "targets");
    services.forEach(
        service -> service.samples.forEach(sample -> table.row(sample.cells(service.name))));
    table.section("Flat", "service", "figure", "second third", "last third", "flat");
    services.forEach(service -> flatness(table, service));
    table.section("Requests", "service", "kind", "good", "not");
    services.forEach(service -> requests(table, service));
    table.write(PAGE);
  }

  private static void flatness(OutcomeTable table, SoakedService service) {
    for (Flatness one : Flatness.ALL) {
      Flatness.Medians medians = one.of(service.samples);
      table.row(
          service.name,
          one.what(),
          "%.1f".formatted(medians.second()),
          "%.1f".formatted(medians.last()),
          medians.flat() ? "yes" : "NO");
    }
  }

  private static void requests(OutcomeTable table, SoakedService service) {
    Outcomes outcomes = service.outcomes;
    outcomes
        .answered()
        .forEach(
            (kind, count) ->
                table.row(service.name, kind, count, outcomes.failed().getOrDefault(kind, 0L)));
    outcomes.failures().forEach(why -> table.row(service.name, "failed: " + why, "", ""));
    table.row(service.name, "hostile", service.hostileDeeds(), "");
  }
}
