package dev.echosounder.tracing;

import dev.echosounder.bus.TracingTotals;
import dev.echosounder.settings.Settings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tracing with OpenTelemetry's SDK, which batches spans on a thread of its own, a daemon, and sends
 * them over OTLP. Everything is bounded: the spans that wait, the batch, the size of a value, the
 * time and the attempts a batch has.
 */
final class OtlpTracing implements Tracing {

  /** Under 2 KiB each, but for very long paths. */
  static final int MOST_WAITING = 2048;

  static final int BATCH = 512;
  static final int LONGEST_VALUE = 512;
  static final Duration BATCH_DEADLINE = Duration.ofSeconds(10);

  private static final int ATTEMPTS = 3;
  private static final long LARGEST_REQUEST = 4 << 20;
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration FLUSH_DEADLINE = Duration.ofSeconds(1);

  /** Held here since the registry of loggers forgets those that nobody holds. */
  private final Logger silenced = Logger.getLogger("io.opentelemetry");

  private final VertxInternal vertx;
  private final SpanCounts counts = new SpanCounts(MOST_WAITING);
  private final double ratio;
  private final CountingExporter exporter;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  OtlpTracing(Vertx vertx, Settings settings, String version, String instance) {
    this.vertx = (VertxInternal) vertx;
    this.ratio = settings.tracing().sampleRatio();
    // What it says of each batch, CountingExporter says once.
    silenced.setLevel(Level.OFF);
    this.exporter = exporter(settings.tracing());
    this.provider =
        SdkTracerProvider.builder()
            .setResource(resource(settings.appName(), version, instance))
            // What is not sampled never comes here, see Sampling.
            .setSampler(Sampler.alwaysOn())
            .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(LONGEST_VALUE).build())
            .addSpanProcessor(new BoundedProcessor(batches(), counts))
            .build();
    this.tracer =
        provider.tracerBuilder("dev.echosounder").setInstrumentationVersion(version).build();
  }

  private static Resource resource(String name, String version, String instance) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"), name,
                    AttributeKey.stringKey("service.version"), version,
                    AttributeKey.stringKey("service.instance.id"), instance)));
  }

  private BatchSpanProcessor batches() {
    return BatchSpanProcessor.builder(exporter)
        .setMaxQueueSize(MOST_WAITING)
        .setMaxExportBatchSize(BATCH)
        .setScheduleDelay(DELAY)
        // The sender's deadline comes first.
        .setExporterTimeout(BATCH_DEADLINE.multipliedBy(2))
        .setMeterProvider(MeterProvider.noop())
        .build();
  }

  private CountingExporter exporter(Settings.Tracing settings) {
    OtlpHttpSpanExporterBuilder builder =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint().orElseThrow().uri().toString())
            .setTimeout(BATCH_DEADLINE)
            .setConnectTimeout(CONNECT_TIMEOUT)
            .setRetryPolicy(
                RetryPolicy.builder().setMaxAttempts(ATTEMPTS).setInitialBackoff(DELAY).build())
            .setMaxRequestBodySize(LARGEST_REQUEST)
            .setMeterProvider(MeterProvider.noop())
            .setComponentLoader(new SenderLoader(vertx));
    settings.headers().forEach((name, value) -> builder.addHeader(name, value.value()));
    String where = settings.endpoint().orElseThrow().shown();
    return new CountingExporter(builder.build(), counts, where);
  }

  @Override
  public EchoSpans echo() {
    return new EchoSpanMaker(tracer, new Sampling(ratio, System::nanoTime));
  }

  @Override
  public ProbeSpans probes() {
    return new ProbeSpanMaker(tracer, new Sampling(ratio, System::nanoTime));
  }

  @Override
  public TracingTotals totals() {
    return counts.totals();
  }

  @Override
  public Future<Void> flush() {
    Promise<Void> flushed = vertx.getOrCreateContext().promise();
    AtomicBoolean over = new AtomicBoolean();
    provider
        .forceFlush()
        .whenComplete(
            () -> {
              // What comes later may come after the end of the event loops.
              if (!over.get()) {
                flushed.tryComplete();
              }
            });
    return flushed
        .future()
        .timeout(FLUSH_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(end -> over.set(true))
        .otherwiseEmpty();
  }

  @Override
  public void close() {
    exporter.silence();
    provider.shutdown();
  }
}
