package dev.echosounder.probe;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Nothing;
import dev.echosounder.dial.Trust;
import dev.echosounder.protocol.Probers;
import dev.echosounder.tracing.ProbeSpans;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Probes the configured targets, each at its interval, and on demand; and any target once for
 * {@link Address#PROBE_ONCE}. It has no targets until {@link Address#SETTINGS} is published after
 * its start, and publishes the results on {@link Address#PROBE_RESULTS}. Deploy it once, on an
 * event loop.
 */
public final class ProberVerticle extends VerticleBase {

  /** Which of several verticles this one is at {@link Address#PING}. */
  public static final String NAME = "prober";

  private final String userAgent;
  private final Optional<KeyStore> authorities;
  private final ProbeSpans spans;
  private final int most;
  private Optional<Control> control = Optional.empty();

  /**
   * Believes the certificate authorities of the JDK, and traces nothing.
   *
   * @param version Echosounder's, for the {@code User-Agent} of probes
   */
  public ProberVerticle(String version) {
    this(version, Optional.empty(), ProbeSpans.OFF);
  }

  /**
   * @param version Echosounder's, for the {@code User-Agent} of probes
   * @param authorities which certificate authorities are believed; empty stands for the JDK's
   * @param spans for this verticle alone
   */
  public ProberVerticle(String version, Optional<KeyStore> authorities, ProbeSpans spans) {
    this(version, authorities, spans, Integer.MAX_VALUE);
  }

  /**
   * @param version Echosounder's, for the {@code User-Agent} of probes
   * @param authorities which certificate authorities are believed; empty stands for the JDK's
   * @param spans for this verticle alone
   * @param most how many probes may run at once, whatever is configured
   */
  public ProberVerticle(
      String version, Optional<KeyStore> authorities, ProbeSpans spans, int most) {
    this.userAgent = "echosounder/" + version;
    this.authorities = authorities;
    this.spans = spans;
    this.most = most;
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(() -> Trust.load(authorities)).onSuccess(this::listen);
  }

  private void listen(X509ExtendedTrustManager trust) {
    Bus bus = Bus.of(vertx);
    Control started =
        new Control(
            vertx,
            Probers.of((ContextInternal) context, trust, userAgent),
            spans,
            most,
            results -> bus.publish(Address.PROBE_RESULTS, results));
    control = Optional.of(started);
    bus.listen(Address.SETTINGS, started::apply);
    bus.answer(Address.PROBE_NOW, started::probeNow);
    bus.answer(Address.PROBE_HISTORY, asked -> Future.succeededFuture(started.history(asked)));
    bus.answer(Address.PROBE_ONCE, started::probeOnce);
    bus.listen(Address.PROBE_LEFT, started::leave);
    bus.answer(Address.PROBER_TOTALS, question -> Future.succeededFuture(started.totals()));
    bus.answer(Address.PING.of(NAME), question -> Future.succeededFuture(Nothing.INSTANCE));
  }

  @Override
  public Future<?> stop() {
    control.ifPresent(Control::stop);
    return Future.succeededFuture();
  }
}
