package dev.echosounder.metrics;

import dev.echosounder.bus.Page;
import dev.echosounder.bus.Scrape;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps scrapes from piling up: of each form of the page at most one rendering is under way, and
 * all who ask meanwhile share the one that follows it. None is given a page begun before it asked,
 * which could lack what was flushed in between. For one event loop.
 */
final class Scrapes {

  private final Function<Scrape, Future<Page>> rendering;
  private final Set<Scrape> underWay = new HashSet<>();
  private final Map<Scrape, List<Promise<Page>>> waiting = new HashMap<>();

  /**
   * @param rendering makes a page, with one reference
   */
  Scrapes(Function<Scrape, Future<Page>> rendering) {
    this.rendering = rendering;
  }

  /** A page that is begun now or later, with a reference for who asks. */
  Future<Page> page(Scrape scrape) {
    Promise<Page> asker = Promise.promise();
    waiting.computeIfAbsent(scrape, form -> new ArrayList<>()).add(asker);
    if (!underWay.contains(scrape)) {
      begin(scrape);
    }
    return asker.future();
  }

  private void begin(Scrape scrape) {
    List<Promise<Page>> askers = waiting.remove(scrape);
    if (askers != null) {
      underWay.add(scrape);
      rendering.apply(scrape).onComplete(rendered -> end(scrape, rendered, askers));
    }
  }

  private void end(Scrape scrape, AsyncResult<Page> rendered, List<Promise<Page>> askers) {
    underWay.remove(scrape);
    begin(scrape);
    if (rendered.succeeded()) {
      hand(rendered.result(), askers);
    } else {
      askers.forEach(asker -> asker.fail(rendered.cause()));
    }
  }

  private static void hand(Page page, List<Promise<Page>> askers) {
    page.retain(askers.size());
    askers.forEach(asker -> asker.complete(page));
    page.release();
  }
}
