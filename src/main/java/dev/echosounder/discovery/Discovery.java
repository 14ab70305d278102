package dev.echosounder.discovery;

import dev.echosounder.bus.DiscoveryTotals;
import dev.echosounder.bus.DiscoveryTotals.Counts;
import dev.echosounder.bus.DiscoveryTotals.Mechanism;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Settings.Role;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds discovered targets to the configuration. It tells the settings to put in force when either
 * changes. To be used on one event loop, which it never blocks.
 */
public final class Discovery {

  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  private final Vertx vertx;
  private final Handler<Settings> inForce;
  private final Handler<DiscoveryTotals> counted;
  private final FileDiscovery files;
  private final Endpoints endpoints;
  private final Sources sources = new Sources();
  private final LeftOut leftOut = new LeftOut();

  private Settings settings;
  private int configurations;
  private Union newest;
  private int looking;
  private boolean stale;
  private boolean closed;
  private Future<?> merging = Future.succeededFuture();
  private Future<?> next;

  /**
   * Discovers nothing until it is given settings.
   *
   * @param userAgent sent to endpoints
   * @param period how often files are looked at
   * @param settle how long a new content must stay the same before it is read
   * @param inForce is told the settings to put in force, with all targets
   * @param counted is told what has been discovered, whenever that changes
   */
  public Discovery(
      Vertx vertx,
      String userAgent,
      Duration period,
      Duration settle,
      Handler<Settings> inForce,
      Handler<DiscoveryTotals> counted) {
    this.vertx = vertx;
    this.inForce = inForce;
    this.counted = counted;
    this.files = new FileDiscovery(vertx, period, settle, this::documents, this::filesRead);
    this.endpoints = new Endpoints(vertx, userAgent, this::documents, this::endpointAsked);
  }

  /**
   * Takes a configuration: files are looked at now, and what is discovered goes on as far as it
   * stays configured. Without the role of a prober nothing is discovered.
   *
   * @return done when the settings, or later ones, are in force with the targets of all files;
   *     endpoints are not waited for; never fails
   */
  public Future<?> apply(Settings changed) {
    settings = changed;
    configurations++;
    stale = true;
    looking++;
    boolean prober = changed.roles().contains(Role.PROBER);
    Settings.Discovery wanted = changed.discovery();
    sources.keepOnly(Mechanism.HTTP, endpoints.watch(prober ? wanted.http() : List.of()));
    return files
        .watch(prober ? wanted.files() : List.of())
        .onFailure(cause -> LOG.error("Looking at the files of targets failed", cause))
        .transform(
            looked -> {
              looking--;
              return putInForce().mapEmpty();
            });
  }

  /** Ends discovery; nothing is told later. */
  public void close() {
    closed = true;
    files.close();
    endpoints.close();
  }

  private Documents documents() {
    return new Documents(new TargetMaker(settings));
  }

  private void filesRead(FileDiscovery.News news) {
    boolean changed = sources.keepOnly(Mechanism.FILE, news.places());
    for (Map.Entry<String, Answer> read : news.read().entrySet()) {
      changed |= sources.take(new Source(Mechanism.FILE, read.getKey()), read.getValue());
    }
    took(changed);
  }

  private void endpointAsked(String place, Answer answer) {
    took(sources.take(new Source(Mechanism.HTTP, place), answer));
  }

  private void took(boolean changed) {
    if (changed) {
      stale = true;
    }
    if (looking > 0) {
      // A configuration is not in force before its files are.
      return;
    }
    if (changed) {
      putInForce();
    } else if (newest != null) {
      counted.handle(totals());
    }
  }

  /** Done when what is known now is in force; while that is made ready, later calls wait as one. */
  private Future<?> putInForce() {
    if (!stale) {
      return merging;
    }
    if (merging.isComplete()) {
      merging = merge();
      return merging;
    }
    if (next == null) {
      next =
          merging.transform(
              merged -> {
                next = null;
                merging = merge();
                return merging.mapEmpty();
              });
    }
    return next;
  }

  private Future<?> merge() {
    stale = false;
    Settings used = settings;
    int number = configurations;
    List<Sources.Told> told = sources.told();
    if (told.isEmpty()) {
      take(number, used, Union.of(used, told));
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(() -> Union.of(used, told))
        // Mapped: of two listeners to a future the later one may be called first.
        .map(
            union -> {
              take(number, used, union);
              return union;
            })
        .onFailure(cause -> LOG.error("Discovered targets could not be added", cause))
        .otherwiseEmpty();
  }

  private void take(int number, Settings used, Union union) {
    // A configuration that has come meanwhile is next.
    if (number != configurations || closed) {
      return;
    }
    newest = union;
    leftOut.tell(union.warnings());
    inForce.handle(
        union.targets().size() == used.targets().size() ? used : used.withTargets(union.targets()));
    counted.handle(totals());
  }

  private DiscoveryTotals totals() {
    Map<Mechanism, Counts> counts = new EnumMap<>(Mechanism.class);
    for (Mechanism mechanism : Mechanism.values()) {
      counts.put(
          mechanism,
          new Counts(
              newest.taken(mechanism),
              newest.leftOut(mechanism),
              sources.failing(mechanism),
              sources.failures(mechanism)));
    }
    return new DiscoveryTotals(counts);
  }
}
