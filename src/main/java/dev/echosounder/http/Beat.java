package dev.echosounder.http;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.Vitals.State;
import dev.echosounder.bus.Vitals.Vital;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one verticle. It is asked one question at a time, so that a blocked event loop
 * does not find a heap of them; for one thread at a time.
 */
final class Beat {

  private static final Logger LOG = LoggerFactory.getLogger(PulseVerticle.class);

  /** For a question that is lost. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final String name;
  private final Bus bus;
  private boolean asked;
  private boolean gone;
  private int missed;
  private long stalls;
  private State told = State.OK;

  Beat(String name, Bus bus) {
    this.name = name;
    this.bus = bus;
  }

  /** Counts the last question if it has no answer yet, else asks the next. */
  void ask() {
    if (asked) {
      missed++;
    } else {
      asked = true;
      bus.request(Address.PING.of(name), Nothing.INSTANCE, AGAIN)
          .onSuccess(answer -> answered())
          .onFailure(failure -> failed(Bus.nobodyListens(failure)));
    }
    tell();
  }

  Vital vital() {
    return new Vital(name, missed, gone, stalls);
  }

  private void answered() {
    asked = false;
    gone = false;
    missed = 0;
  }

  private void failed(boolean nobodyListens) {
    asked = false;
    gone = nobodyListens;
    if (nobodyListens) {
      missed++;
    }
  }

  private void tell() {
    State now = vital().state();
    if (now != State.OK && told == State.OK) {
      stalls++;
      LOG.error("{} does not answer: {}", name, now.label());
    } else if (now == State.OK && told != State.OK) {
      LOG.info("{} answers again", name);
    }
    told = now;
  }
}
