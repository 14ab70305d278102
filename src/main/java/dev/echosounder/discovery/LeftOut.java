package dev.echosounder.discovery;

import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which targets are left out, each once for as long as it is. For one thread. */
final class LeftOut {

  /** More at once are only counted. */
  private static final int MAX_LINES = 20;

  private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);

  private Set<String> said = Set.of();

  /** Says what was not left out the last time. */
  void tell(Set<String> warnings) {
    List<String> fresh = warnings.stream().filter(warning -> !said.contains(warning)).toList();
    fresh.stream()
        .limit(MAX_LINES)
        .forEach(warning -> LOG.warn("Discovery: left out: {}", warning));
    if (fresh.size() > MAX_LINES) {
      LOG.warn("Discovery: left out: {} more", fresh.size() - MAX_LINES);
    }
    said = warnings;
  }
}
