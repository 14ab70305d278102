package dev.echosounder;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Settings.Role;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * How the file descriptors that the process may still open are shared out, so that neither clients
 * nor probes ever take the last ones.
 *
 * @param limit how many the process may have ({@code ulimit -n})
 * @param connections how many connections of clients there may be at once
 * @param refusals how many more may hear that they are too many
 * @param probes how many probes may run at once
 */
record Descriptors(long limit, int connections, int refusals, int probes) {

  /**
   * What the service opens besides: files it reads, connections of discovery and of tracing, event
   * loops that start later, and what one look accepts before it is counted, 16.
   */
  private static final int RESERVE = 32;

  /** A probe asks for two kinds of addresses at once, from a socket for each, before it dials. */
  private static final int OF_A_PROBE = 2;

  /** Where connections are few, one in so many is kept for refusals. */
  private static final int REFUSAL_PART = 4;

  /** Those of this process, with what it has open now left out. */
  static Descriptors of(Settings settings, int refusals) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean process
        && process.getMaxFileDescriptorCount() > 0) {
      return share(
          process.getMaxFileDescriptorCount(),
          process.getOpenFileDescriptorCount(),
          settings,
          refusals);
    }
    return share(Long.MAX_VALUE, 0, settings, refusals);
  }

  /**
   * Shares them out: each side has what it is configured to take where that is there, else at least
   * half.
   *
   * @param open how many are taken already
   * @param refusals how many refusals there are at most, where there are enough for all
   */
  static Descriptors share(long limit, long open, Settings settings, int refusals) {
    long free = Math.max(0, limit - open - RESERVE);
    long forProbes =
        settings.roles().contains(Role.PROBER)
            ? (long) settings.prober().concurrency() * OF_A_PROBE
            : 0;
    long wanted = (long) settings.http().maxConnections() + refusals;
    long clients = Math.min(wanted, Math.max(free / 2, free - forProbes));
    long refused = clients == wanted ? refusals : Math.min(refusals, clients / REFUSAL_PART);
    return new Descriptors(
        limit,
        (int) Math.max(1, clients - refused),
        (int) refused,
        (int) Math.min(Integer.MAX_VALUE, Math.max(1, (free - clients) / OF_A_PROBE)));
  }

  /** What is said where they are too few for what is configured; empty where they are not. */
  Optional<String> shortage(Settings settings) {
    int wantedConnections = settings.http().maxConnections();
    int wantedProbes = settings.roles().contains(Role.PROBER) ? settings.prober().concurrency() : 0;
    if (connections >= wantedConnections && probes >= wantedProbes) {
      return Optional.empty();
    }
    return Optional.of(
        "The process may have %d open files (ulimit -n), so http.max_connections is %d of %d, prober.concurrency %d of %d"
            .formatted(
                limit,
                Math.min(connections, wantedConnections),
                wantedConnections,
                Math.min(probes, wantedProbes),
                wantedProbes));
  }
}
