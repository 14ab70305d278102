package dev.echosounder.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what the collector takes and what it does not, and says so when that changes. */
final class CountingExporter implements SpanExporter {

  private static final Logger LOG = LoggerFactory.getLogger(CountingExporter.class);

  private static final int LONGEST_CAUSE = 200;

  private final SpanExporter exporter;
  private final SpanCounts counts;
  private final String where;
  private volatile boolean silent;
  private final AtomicBoolean failing = new AtomicBoolean();

  /**
   * @param where the collector is, as it may be shown
   */
  CountingExporter(SpanExporter exporter, SpanCounts counts, String where) {
    this.exporter = exporter;
    this.counts = counts;
    this.where = where;
  }

  /** Logs nothing any more: what is cut off by a stop is no news. */
  void silence() {
    silent = true;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int size = spans.size();
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(
        () -> {
          counts.left(size, result.isSuccess());
          tell(result);
        });
  }

  private void tell(CompletableResultCode result) {
    if (silent) {
      return;
    }
    if (failing.getAndSet(!result.isSuccess()) == result.isSuccess()) {
      if (result.isSuccess()) {
        LOG.info("{} takes spans again", where);
      } else {
        LOG.warn("{} does not take spans, which are dropped: {}", where, cause(result));
      }
    }
  }

  private static String cause(CompletableResultCode result) {
    Throwable failure = result.getFailureThrowable();
    Throwable cause = failure == null || failure.getCause() == null ? failure : failure.getCause();
    String text = cause == null ? "" : Optional.ofNullable(cause.getMessage()).orElse("" + cause);
    return text.length() > LONGEST_CAUSE ? text.substring(0, LONGEST_CAUSE) + "..." : text;
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
