package dev.echosounder.metrics;

import dev.echosounder.bus.Scrape;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps scrapes from piling up: of each form of the page at most one rendering is under way, and
 * all who ask meanwhile share the one that follows it. None is given a page begun before it asked,
 * which could lack what was flushed in between. For one event loop.
 */
final class Scrapes {

  private final Function<Scrape, Future<Scrape.Page>> rendering;
  private final Map<Scrape, Future<Scrape.Page>> underWay = new HashMap<>();
  private final Map<Scrape, Future<Scrape.Page>> waiting = new HashMap<>();

  Scrapes(Function<Scrape, Future<Scrape.Page>> rendering) {
    this.rendering = rendering;
  }

  /** A page that is begun now or later. */
  Future<Scrape.Page> page(Scrape scrape) {
    Future<Scrape.Page> current = underWay.get(scrape);
    return current == null
        ? begin(scrape)
        : waiting.computeIfAbsent(scrape, form -> current.transform(ended -> beginNext(form)));
  }

  private Future<Scrape.Page> beginNext(Scrape scrape) {
    waiting.remove(scrape);
    return begin(scrape);
  }

  private Future<Scrape.Page> begin(Scrape scrape) {
    Future<Scrape.Page> page = rendering.apply(scrape);
    underWay.put(scrape, page);
    page.onComplete(ended -> underWay.remove(scrape, page));
    return page;
  }
}
