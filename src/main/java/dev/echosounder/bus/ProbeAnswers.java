package dev.echosounder.bus;

import dev.echosounder.settings.TargetId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The reply to {@link ProbeNow}.
 *
 * @param answers one for each target asked for, in the order of the configuration; empty if no
 *     target matches
 */
public record ProbeAnswers(List<Answer> answers) {

  public ProbeAnswers {
    answers = List.copyOf(answers);
  }

  /**
   * What is known of one target.
   *
   * @param target the target
   * @param result the newest result, if there is one
   * @param stale whether the probe asked for was not done by the deadline, so that the result is an
   *     older one
   */
  public record Answer(TargetId target, Optional<ProbeResult> result, boolean stale) {

    public Answer {
      Objects.requireNonNull(target, "target");
      Objects.requireNonNull(result, "result");
    }
  }
}
