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
 * @param id tells questions apart
 * @param target whom to probe and how; its timeout is the deadline
 * @param dialable which addresses may be dialled, as far as the prober may dial them
 * @param debug whether a report of what happened is wanted
 * @param trace where in a trace the asker stands, if it says so
 */
public record ProbeOnce(
    String id, Target target, AddressFilter dialable, boolean debug, Optional<TraceContext> trace) {

  public ProbeOnce {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(dialable, "dialable");
    Objects.requireNonNull(trace, "trace");
  }

  /** The same question, whoever asks it: two that are equal so are answered by one probe. */
  public ProbeOnce ofAnyone() {
    return new ProbeOnce("", target, dialable, debug, trace);
  }

  /**
   * Nobody waits for the reply any more.
   *
   * @param id of the question
   */
  public record Left(String id) {}

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
