package dev.echosounder.discovery;

import dev.echosounder.schema.KeyPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Targets that share their labels, as Prometheus' file_sd and http_sd tell them. What a target's
 * text is worth depends on its module, which the configuration knows.
 *
 * @param place where it is in its document
 * @param texts one for each target; may hold secrets
 * @param name the label {@code name}
 * @param module the label {@code __param_module}, else the default module's name
 * @param interval the label {@code __scrape_interval__}
 * @param timeout the label {@code __scrape_timeout__}
 * @param labels the others that do not start with {@code __}
 */
record Group(
    KeyPath place,
    List<String> texts,
    Optional<String> name,
    String module,
    Optional<Duration> interval,
    Optional<Duration> timeout,
    Map<String, String> labels) {

  static final String TARGETS = "targets";
  static final String LABELS = "labels";
  static final String NAME = "name";
  static final String MODULE = "__param_module";
  static final String INTERVAL = "__scrape_interval__";
  static final String TIMEOUT = "__scrape_timeout__";

  Group {
    texts = List.copyOf(texts);
    labels = Map.copyOf(labels);
  }

  /** The place of one of its targets. */
  KeyPath target(int index) {
    return place.key(TARGETS).item(index);
  }

  /** The place of one of its labels. */
  KeyPath label(String label) {
    return place.key(LABELS).key(label);
  }

  /** Without the targets, which may hold secrets. */
  @Override
  public String toString() {
    return place + ": " + texts.size() + " targets";
  }
}
