package dev.echosounder.acceptance;

import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * Servers of many targets, which note when each path is probed. One is silent where the path begins
 * with {@code /silent/}; every other path is answered with 200.
 */
final class TargetServers implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Queue<Long>> arrivals = new ConcurrentHashMap<>();
  private final List<HttpServer> servers;

  /**
   * @param ports how many to listen on
   */
  TargetServers(int ports) {
    servers =
        Waiting.on(
                Future.all(IntStream.range(0, ports).mapToObj(port -> listen()).toList())
                    .map(all -> all.<HttpServer>list()))
            .stream()
            .toList();
  }

  private Future<HttpServer> listen() {
    return vertx.createHttpServer().requestHandler(this::probed).listen(0, "127.0.0.1");
  }

  private void probed(HttpServerRequest request) {
    arrivals
        .computeIfAbsent(request.path(), path -> new ConcurrentLinkedQueue<>())
        .add(System.nanoTime());
    if (!request.path().startsWith("/silent/")) {
      request.response().end("ok");
    }
  }

  /** The URL of a path, on one port or another. */
  String url(int number, String path) {
    return "http://127.0.0.1:" + servers.get(number % servers.size()).actualPort() + path;
  }

  /** When each path was probed so far, by {@link System#nanoTime}. */
  Arrivals arrivals() {
    Map<String, List<Long>> copy = new ConcurrentHashMap<>();
    arrivals.forEach((path, times) -> copy.put(path, new ArrayList<>(times)));
    return new Arrivals(copy);
  }

  /** Waits, while the servers go on. */
  void pause(long milliseconds) {
    Waiting.on(vertx.timer(milliseconds));
  }

  @Override
  public void close() {
    Waiting.on(vertx.close());
  }
}
