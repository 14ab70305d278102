package dev.echosounder;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Reload;
import dev.echosounder.config.ConfigSource;
import dev.echosounder.config.ConfigWatcher;
import dev.echosounder.config.Reading;
import dev.echosounder.discovery.Discovery;
import dev.echosounder.http.Ports;
import dev.echosounder.log.Logs;
import dev.echosounder.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the configuration in force: the first one when it is deployed, each later one when its file
 * changes or a reload is asked for, and each time discovery finds other targets for it. A
 * configuration that is refused changes nothing but the log and the reload metrics.
 */
final class ConfigVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(ConfigVerticle.class);

  /** Which of several verticles this one is at {@link Address#PING}. */
  static final String NAME = "config";

  private final ConfigSource source;
  private final Reading first;
  private final Settings atStart;
  private final Ports ports;
  private final Duration period;

  private Settings.Log log;
  private ConfigWatcher watcher;
  private Discovery discovery;
  private Future<?> newest = Future.succeededFuture();

  /**
   * @param source where later readings come from
   * @param first the reading that the service started with; it has settings
   * @param ports where the service listens
   * @param period how often the file is looked at
   */
  ConfigVerticle(ConfigSource source, Reading first, Ports ports, Duration period) {
    this.source = source;
    this.first = first;
    this.atStart = first.settings().orElseThrow();
    this.log = atStart.log();
    this.ports = ports;
    this.period = period;
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    discovery =
        new Discovery(
            vertx,
            "echosounder/" + Version.current(),
            period,
            ConfigWatcher.SETTLE,
            settings -> bus.publish(Address.SETTINGS, settings),
            found -> bus.publish(Address.DISCOVERED, found));
    putInForce(bus, atStart, first);
    watcher =
        new ConfigWatcher(
            vertx, source, period, ConfigWatcher.SETTLE, reading -> take(bus, reading));
    return Future.all(
        newest,
        bus.answer(Address.RELOAD, asked -> reload()).completion(),
        bus.answer(Address.PING.of(NAME), Future::succeededFuture).completion());
  }

  @Override
  public Future<?> stop() {
    watcher.close();
    discovery.close();
    return Future.succeededFuture();
  }

  /** Answers when what was read is in force. */
  private Future<Reload.Outcome> reload() {
    return watcher.readNow().compose(reading -> newest.map(outcome(reading)));
  }

  private void take(Bus bus, Reading reading) {
    reading
        .settings()
        .ifPresentOrElse(settings -> reloaded(bus, settings, reading), () -> refused(bus, reading));
  }

  private void reloaded(Bus bus, Settings settings, Reading reading) {
    List<String> restart = source.needRestart(atStart, settings);
    if (!restart.isEmpty()) {
      LOG.warn("Changed, but in force only after a restart: {}", String.join(", ", restart));
    }
    if (!settings.log().equals(log)) {
      log = settings.log();
      configureLogs(settings.log());
    }
    putInForce(bus, settings.inForceSince(atStart), reading);
    LOG.info("Configuration reloaded: {} targets", settings.targets().size());
  }

  private void configureLogs(Settings.Log changed) {
    vertx
        .executeBlocking(
            () -> {
              Logs.configure(changed);
              return changed;
            })
        .onFailure(cause -> LOG.error("The log settings could not be put in force", cause));
  }

  private static void refused(Bus bus, Reading reading) {
    reading
        .problems()
        .forEach(problem -> LOG.error("Configuration refused, the old one is kept: {}", problem));
    bus.publish(Address.RELOADED, outcome(reading));
  }

  private void putInForce(Bus bus, Settings settings, Reading reading) {
    Settings complete = reading.embeddedDefault() ? Demo.added(settings, ports) : settings;
    newest =
        discovery
            .apply(complete)
            .map(
                applied -> {
                  bus.publish(Address.RELOADED, outcome(reading));
                  return applied;
                });
  }

  private static Reload.Outcome outcome(Reading reading) {
    return new Reload.Outcome(reading.problems(), Instant.now());
  }
}
