package dev.echosounder.tracing;

import dev.echosounder.bus.Exemplar;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.TraceContext;
import java.util.Optional;

/** What is not traced. */
final class NoSpan implements EchoSpan, ProbeSpan {

  @Override
  public void end(int status) {}

  @Override
  public void abandon() {}

  @Override
  public Optional<Exemplar> exemplar(long nanos) {
    return Optional.empty();
  }

  @Override
  public Optional<TraceContext> context() {
    return Optional.empty();
  }

  @Override
  public void end(ProbeResult result) {}
}
