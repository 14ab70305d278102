package dev.echosounder.discovery;

import dev.echosounder.settings.Settings.Discovery.HttpSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The endpoints that are asked for targets. To be used on one event loop. */
final class Endpoints {

  private final Vertx vertx;
  private final String userAgent;
  private final Supplier<Documents> documents;
  private final BiConsumer<String, Answer> handler;
  private final Map<String, Asked> asked = new HashMap<>();

  private record Asked(HttpSource source, HttpDiscovery discovery) {}

  /**
   * None yet.
   *
   * @param handler is told what came of asking the endpoint of a place
   */
  Endpoints(
      Vertx vertx,
      String userAgent,
      Supplier<Documents> documents,
      BiConsumer<String, Answer> handler) {
    this.vertx = vertx;
    this.userAgent = userAgent;
    this.documents = documents;
    this.handler = handler;
  }

  /**
   * Asks these endpoints from now on; those that were asked before go on undisturbed.
   *
   * @return their places: one that stays the same while its secrets or its interval change
   */
  Set<String> watch(List<HttpSource> sources) {
    Map<String, HttpSource> places = places(sources);
    asked
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !entry.getValue().source().equals(places.get(entry.getKey()));
              if (gone) {
                entry.getValue().discovery().close();
              }
              return gone;
            });
    places.forEach((place, source) -> asked.computeIfAbsent(place, p -> ask(p, source)));
    return places.keySet();
  }

  void close() {
    asked.values().forEach(one -> one.discovery().close());
  }

  private Asked ask(String place, HttpSource source) {
    Fetch fetch = new Fetch(vertx, new HttpClientOptions(), userAgent, source);
    return new Asked(
        source,
        new HttpDiscovery(vertx, fetch, documents, answer -> handler.accept(place, answer)));
  }

  /** URLs that are shown the same are numbered. */
  private static Map<String, HttpSource> places(List<HttpSource> sources) {
    Map<String, HttpSource> places = new LinkedHashMap<>();
    for (HttpSource source : sources) {
      String place = source.url().shown();
      for (int i = 2; places.containsKey(place); i++) {
        place = source.url().shown() + " (" + i + ")";
      }
      places.put(place, source);
    }
    return places;
  }
}
