package dev.echosounder.bus;

import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.Target;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the prober to probe a target that need not be configured, once. It leaves no trace in the
 * results of configured targets.
 *
 * @param target whom to probe and how; its timeout is the deadline
 * @param dialable which addresses may be dialled, as far as the prober may dial them
 * @param debug whether a report of what happened is wanted
 * @param trace where in a trace the asker stands, if it says so
 */
public record ProbeOnce(
    Target target, AddressFilter dialable, boolean debug, Optional<TraceContext> trace) {

  public ProbeOnce {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(dialable, "dialable");
    Objects.requireNonNull(trace, "trace");
  }

  /**
   * The reply.
   *
   * @param result how the probe ended
   * @param timeline what happened when, a line each, without secrets; empty unless asked for
   * @param body the beginning of the answer's body, where it was asked for and the module shows it
   */
  public record Report(ProbeResult result, List<String> timeline, Optional<String> body) {

    public Report {
      Objects.requireNonNull(result, "result");
      timeline = List.copyOf(timeline);
      Objects.requireNonNull(body, "body");
    }
  }
}
