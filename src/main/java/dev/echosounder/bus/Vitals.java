package dev.echosounder.bus;

import java.util.List;
import java.util.Locale;

/**
 * How the verticles are.
 *
 * @param verticles one entry for each; none before the first are known
 */
public record Vitals(List<Vital> verticles) {

  /** Unanswered questions in a row after which a verticle is not well. */
  private static final int UNWELL = 2;

  /** Unanswered questions in a row after which only a restart is expected to help. */
  private static final int DEAD = 10;

  public Vitals {
    verticles = List.copyOf(verticles);
  }

  /** Whether every verticle answers. */
  public boolean healthy() {
    return verticles.stream().allMatch(vital -> vital.state() == State.OK);
  }

  /** Whether none has been silent for so long that only a restart is expected to help. */
  public boolean alive() {
    return verticles.stream().allMatch(vital -> vital.missed() < DEAD);
  }

  /** The state of a verticle. */
  public enum State {
    OK,
    /** It does not answer: its event loop is blocked. */
    BLOCKED,
    /** Nobody is there to answer. */
    GONE;

    /** As health tells it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How one verticle is.
   *
   * @param verticle its name at {@link Address#PING}
   * @param missed questions in a row that it has not answered
   * @param gone whether nobody is there to answer
   * @param stalls how often it has ceased to answer since the start
   */
  public record Vital(String verticle, int missed, boolean gone, long stalls) {

    /** What that amounts to. */
    public State state() {
      if (missed < UNWELL) {
        return State.OK;
      }
      return gone ? State.GONE : State.BLOCKED;
    }
  }
}
