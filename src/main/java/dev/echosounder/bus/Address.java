package dev.echosounder.bus;

import dev.echosounder.settings.Settings;
import java.util.List;

/**
 * Every address of the event bus: who sends what to whom. The types of a message and of its reply
 * are those of its address; {@link Bus} holds senders and receivers to them.
 *
 * @param name the address on the bus; that of one verticle of several ends in its number, see
 *     {@link #of}
 * @param sender who sends
 * @param receiver who listens
 * @param message the type of the message
 * @param reply the type of the reply, {@code Void} for a message that is published and has none
 */
public record Address<M, R>(
    String name, String sender, String receiver, Class<M> message, Class<R> reply) {

  /** The configuration in force, at the start and after each reload. */
  public static final Address<Settings, Void> SETTINGS =
      new Address<>(
          "config.settings", "composition root", "every verticle", Settings.class, Void.class);

  /** Read the configuration again. */
  public static final Address<Reload, Reload.Outcome> RELOAD =
      new Address<>(
          "config.reload",
          "http, composition root",
          "composition root",
          Reload.class,
          Reload.Outcome.class);

  /** How the last reading of the configuration ended. */
  public static final Address<Reload.Outcome, Void> RELOADED =
      new Address<>(
          "config.reloaded", "composition root", "metrics", Reload.Outcome.class, Void.class);

  /** What discovery has found, whenever that changes. */
  public static final Address<DiscoveryTotals, Void> DISCOVERED =
      new Address<>(
          "discovery.totals", "composition root", "metrics", DiscoveryTotals.class, Void.class);

  /**
   * Enter a stage of life; the reply says that it is reached. One address for each HTTP verticle.
   */
  public static final Address<Stage, Nothing> STAGE =
      new Address<>("http.stage", "composition root", "http", Stage.class, Nothing.class);

  /** What an HTTP verticle answered so far. One address for each HTTP verticle. */
  public static final Address<Nothing, EchoTotals> ECHO_TOTALS =
      new Address<>("http.totals", "metrics", "http", Nothing.class, EchoTotals.class);

  /** Every result of a target, within some milliseconds. */
  public static final Address<ProbeResults, Void> PROBE_RESULTS =
      new Address<>("probe.results", "probe", "metrics", ProbeResults.class, Void.class);

  /** Probe configured targets now. */
  public static final Address<ProbeNow, ProbeAnswers> PROBE_NOW =
      new Address<>("probe.now", "http", "probe", ProbeNow.class, ProbeAnswers.class);

  /** The newest results of configured targets. */
  public static final Address<ProbeHistory, ProbeHistory.Kept> PROBE_HISTORY =
      new Address<>("probe.history", "http", "probe", ProbeHistory.class, ProbeHistory.Kept.class);

  /** Probe a target once that need not be configured. */
  public static final Address<ProbeOnce, ProbeOnce.Report> PROBE_ONCE =
      new Address<>("probe.once", "http", "probe", ProbeOnce.class, ProbeOnce.Report.class);

  /** Nobody waits for such a probe any more. */
  public static final Address<ProbeOnce.Left, Void> PROBE_LEFT =
      new Address<>("probe.left", "http", "probe", ProbeOnce.Left.class, Void.class);

  /** What the prober did so far. */
  public static final Address<Nothing, ProberTotals> PROBER_TOTALS =
      new Address<>("probe.totals", "metrics", "probe", Nothing.class, ProberTotals.class);

  /** What became of the spans so far. Nobody answers where tracing is off. */
  public static final Address<Nothing, TracingTotals> TRACING_TOTALS =
      new Address<>("tracing.totals", "metrics", "tracing", Nothing.class, TracingTotals.class);

  /** The metrics page, which is lent. */
  public static final Address<Scrape, Page> SCRAPE =
      new Address<>("metrics.scrape", "http", "metrics", Scrape.class, Page.class);

  /** Collect all totals now; the reply says that they are merged. */
  public static final Address<Nothing, Nothing> FLUSH =
      new Address<>("metrics.flush", "composition root", "metrics", Nothing.class, Nothing.class);

  /** Are you there? One address for each verticle. */
  public static final Address<Nothing, Nothing> PING =
      new Address<>("health.ping", "http", "every verticle", Nothing.class, Nothing.class);

  /** How every verticle is, once a second. */
  public static final Address<Vitals, Void> VITALS =
      new Address<>("health.vitals", "http", "http, metrics", Vitals.class, Void.class);

  /** All of the above. */
  public static final List<Address<?, ?>> ALL =
      List.of(
          SETTINGS,
          RELOAD,
          RELOADED,
          DISCOVERED,
          STAGE,
          ECHO_TOTALS,
          PROBE_RESULTS,
          PROBE_NOW,
          PROBE_HISTORY,
          PROBE_ONCE,
          PROBE_LEFT,
          PROBER_TOTALS,
          TRACING_TOTALS,
          SCRAPE,
          FLUSH,
          PING,
          VITALS);

  /** This address of one verticle of several. */
  public Address<M, R> of(String verticle) {
    return new Address<>(name + "." + verticle, sender, receiver, message, reply);
  }
}
