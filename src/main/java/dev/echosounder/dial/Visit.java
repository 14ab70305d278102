package dev.echosounder.dial;

import dev.echosounder.bus.TraceContext;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.Target;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One probe under way: what it is given, and where it puts what it finds. Used on one event loop
 * only.
 *
 * @param target whom to probe
 * @param dialable which addresses may be dialled
 * @param deadline when the probe ends
 * @param findings what was found so far
 * @param pinned the one address to dial, whatever else the target's name resolves to
 * @param trace what the target is told of the trace that the probe is part of
 */
public record Visit(
    Target target,
    AddressFilter dialable,
    Deadline deadline,
    Findings findings,
    Optional<InetAddress> pinned,
    Optional<TraceContext> trace) {

  /** This visit as part of a trace, or of none. */
  public Visit tracedBy(Optional<TraceContext> context) {
    return new Visit(target, dialable, deadline, findings, pinned, context);
  }

  /** This visit to another host, which may have the target's name: a proxy. */
  public Visit unpinned() {
    return new Visit(target, dialable, deadline, findings, Optional.empty(), trace);
  }

  /** A visit that has found nothing yet and may go to any address of the name. */
  public static Visit to(
      Target target, AddressFilter dialable, Deadline deadline, Timeline timeline) {
    Findings findings = new Findings(target.id(), target.module().protocol(), timeline);
    return new Visit(target, dialable, deadline, findings, Optional.empty(), Optional.empty());
  }

  /** The same visit to one of the addresses of the name, with findings of its own from here on. */
  public Visit pinnedTo(InetAddress address) {
    return new Visit(target, dialable, deadline, findings.branch(), Optional.of(address), trace);
  }
}
