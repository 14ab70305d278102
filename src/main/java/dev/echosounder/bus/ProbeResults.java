package dev.echosounder.bus;

import java.util.List;

/**
 * What came of targets in a few milliseconds, oldest first; several at once, because each message
 * to another event loop wakes it up.
 *
 * @param verdicts the results of turns
 * @param retried the failures that are tried again, so that they are no verdict on their target
 */
public record ProbeResults(List<ProbeResult> verdicts, List<ProbeResult> retried) {

  public ProbeResults {
    verdicts = List.copyOf(verdicts);
    retried = List.copyOf(retried);
  }
}
