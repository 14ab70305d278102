package dev.echosounder.protocol;

import com.google.re2j.Pattern;
import dev.echosounder.settings.DnsOptions.Records;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a section of records must be like, as blackbox_exporter judges it: by the names of its
 * rules, but for {@code fail_if_all_match_regexp}, which there fails where not all match. For a
 * worker.
 */
record RecordRules(Records rules) {

  /**
   * The first rule that a section breaks, for people.
   *
   * @param records each in the form of {@link RecordText}
   */
  Optional<String> broken(List<String> records) {
    return first(rules.failIfMatches(), rule -> any(records, rule), "a record matches ")
        .or(() -> first(rules.failIfAllMatch(), rule -> !all(records, rule), "not all match "))
        .or(
            () ->
                first(
                    rules.failIfNotMatches(), rule -> !someAndAll(records, rule), "not all match "))
        .or(() -> none(records));
  }

  private Optional<String> none(List<String> records) {
    List<Pattern> patterns = rules.failIfNoneMatches();
    return patterns.isEmpty() || patterns.stream().anyMatch(rule -> any(records, rule))
        ? Optional.empty()
        : Optional.of("no record matches any of " + patterns);
  }

  private static Optional<String> first(
      List<Pattern> patterns, Predicate<Pattern> isBroken, String how) {
    return patterns.stream().filter(isBroken).findFirst().map(rule -> how + rule);
  }

  private static boolean any(List<String> records, Pattern pattern) {
    return records.stream().anyMatch(record -> pattern.matcher(record).find());
  }

  private static boolean all(List<String> records, Pattern pattern) {
    return records.stream().allMatch(record -> pattern.matcher(record).find());
  }

  private static boolean someAndAll(List<String> records, Pattern pattern) {
    return !records.isEmpty() && all(records, pattern);
  }
}
