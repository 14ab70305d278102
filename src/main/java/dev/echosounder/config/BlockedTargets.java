package dev.echosounder.config;

import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HostText;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import java.util.List;
import java.util.stream.Stream;

/**
 * Configured targets that can never be dialled, as far as that is known without looking up names.
 * They are no mistake, since {@code prober.deny} may be another's; each of their probes ends with
 * the reason {@code blocked}.
 *
 * @param settings the configuration
 */
record BlockedTargets(Settings settings) {

  private static final int MOST_LINES = 20;

  /** A line for each of the first, without secrets. */
  List<String> warnings() {
    List<Target> blocked = settings.targets().stream().filter(this::isBlocked).toList();
    Stream<String> lines =
        blocked.stream()
            .limit(MOST_LINES)
            .map(
                target ->
                    target.id().display()
                        + ": prober.allow and prober.deny do not let it be dialled, so that each"
                        + " probe of it is blocked");
    Stream<String> more =
        Stream.of(blocked.size() - MOST_LINES)
            .filter(count -> count > 0)
            .map(count -> count + " more targets are blocked");
    return Stream.concat(lines, more).toList();
  }

  private boolean isBlocked(Target target) {
    AddressFilter dialable = settings.prober().dialable();
    String host = target.url().hostName();
    return dialable.deniesName(host)
        || HostText.address(host).filter(address -> !dialable.permits(host, address)).isPresent();
  }
}
