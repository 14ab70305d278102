package dev.echosounder.tracing;

import dev.echosounder.bus.Exemplar;
import java.util.Optional;

/** The span of one echo request, from its head to the last byte of its answer. */
public interface EchoSpan {

  /** That of a request that is not traced. */
  EchoSpan NONE = new NoSpan();

  /** The request is answered with this status. */
  void end(int status);

  /** The client is gone before it had its answer. */
  void abandon();

  /**
   * What stands for this request in its bucket.
   *
   * @param nanos how long it took
   * @return empty if it is not traced
   */
  Optional<Exemplar> exemplar(long nanos);
}
