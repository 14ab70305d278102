package dev.echosounder;

import dev.echosounder.testing.Collector;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The whole service in this process, with a collector beside it. */
final class TracedService implements AutoCloseable {

  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  static final String PARENT = "b7ad6b7169203331";
  static final String SAMPLED = "00-" + TRACE + "-" + PARENT + "-01";
  static final String NOT_SAMPLED = "00-" + TRACE + "-" + PARENT + "-00";

  final Collector collector;
  final RunningEchosounder service;
  private final AtomicInteger markers = new AtomicInteger();

  TracedService(Path folder, double ratio, String... lines) {
    this(Collector.http(), folder, ratio, lines);
  }

  TracedService(Collector collector, Path folder, double ratio, String... lines) {
    this.collector = collector;
    String yaml =
        """
        http: {port: 0, host: 127.0.0.1}
        shutdown: {delay: 0s, drain: 10s, linger: 0s}
        metrics: {refresh_interval: 100ms}
        tracing: {otlp_endpoint: "%s", sample_ratio: %s}
        """
            .formatted(collector.url(), ratio);
    try {
      Path file =
          Files.writeString(
              folder.resolve("echosounder.yaml"), yaml + String.join("\n", lines) + "\n");
      service = new RunningEchosounder(Optional.of(file), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<Buffer> get(String path, String... headers) {
    MultiMap all = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(headers[i], headers[i + 1]);
    }
    return service.get(path, all);
  }

  /**
   * Waits until everything that was traced before has come to the collector: spans are sent in the
   * order in which they end.
   */
  void settle() {
    String path = "/marker/" + markers.incrementAndGet();
    get(path, "traceparent", SAMPLED);
    collector.awaitPath(path);
  }

  @Override
  public void close() {
    service.close();
    collector.close();
  }
}
