package dev.echosounder.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * The registry of one service and what fills it without our doing: the JVM, the process, Netty, the
 * event bus and the worker pools. Every label is bounded. Vert.x ends the collectors it binds when
 * it is closed.
 */
public final class Instrumentation implements AutoCloseable {

  /**
   * Meters of libraries that do more harm than good. vertx-micrometer-metrics registers its gauge
   * again for every message, against which Micrometer warns; a loop that is behind shows in
   * netty_eventexecutor_tasks_pending. The others have names that promtool finds fault with;
   * process_cpu_usage and jvm_threads_* tell what they do.
   */
  private static final List<String> LEFT_OUT =
      List.of(
          "vertx.eventbus.pending", "jvm.compilation.time", "process.cpu.time", "system.cpu.count");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(new OpenMetricsExemplars());

  /** A registry that knows the process, and once it is given to a Vert.x, all the rest. */
  public Instrumentation() {
    LEFT_OUT.forEach(name -> registry.config().meterFilter(MeterFilter.denyNameStartsWith(name)));
    registry.config().meterFilter(new HelpText());
    new FileDescriptorMetrics().bindTo(registry);
  }

  /** The registry behind {@code /metrics}. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /**
   * Builds a Vert.x that reports to the registry. To be called once.
   *
   * <p>Servers and clients are left out: the HTTP server's meters take the raw method as a label,
   * which any client can make up, and cost 14 % of the request rate; a client's are labelled with
   * the peers, which are the targets. Addresses of the event bus are few ({@link
   * dev.echosounder.bus.Address}), and the module leaves out those of replies.
   */
  public Vertx build(VertxBuilder builder, VertxOptions options) {
    MicrometerMetricsOptions metrics =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            // Registries are kept by name in a static map.
            .setRegistryName(UUID.randomUUID().toString())
            .setJvmMetricsEnabled(true)
            .addLabels(Label.EB_ADDRESS, Label.EB_FAILURE)
            .addDisabledMetricsCategory(MetricsDomain.HTTP_SERVER)
            .addDisabledMetricsCategory(MetricsDomain.HTTP_CLIENT)
            .addDisabledMetricsCategory(MetricsDomain.NET_SERVER)
            .addDisabledMetricsCategory(MetricsDomain.NET_CLIENT)
            .addDisabledMetricsCategory(MetricsDomain.DATAGRAM_SOCKET);
    Vertx vertx =
        builder
            .with(options.setMetricsOptions(metrics))
            .withMetrics(new MicrometerMetricsFactory(registry))
            .build();
    // Of its own accord the module binds the acceptor's loop too, whose number of workers, 1, then
    // stands for that of the event loops.
    new NettyEventExecutorMetrics(((VertxInternal) vertx).eventLoopGroup()).bindTo(registry);
    if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
      new NettyAllocatorMetrics(allocator).bindTo(registry);
    }
    return vertx;
  }

  /**
   * OpenMetrics 1.0 has exemplars at buckets and counters only; Micrometer's default is anywhere.
   */
  private static final class OpenMetricsExemplars implements PrometheusConfig {

    @Override
    public String get(String key) {
      return null;
    }

    @Override
    public Properties prometheusProperties() {
      Properties properties = new Properties();
      properties.setProperty("io.prometheus.exporter.exemplarsOnAllMetricTypes", "false");
      return properties;
    }
  }

  /** Gives meters without a description their name as one: every family has a HELP line. */
  private static final class HelpText implements MeterFilter {

    @Override
    public Meter.Id map(Meter.Id id) {
      if (id.getDescription() != null) {
        return id;
      }
      String words = id.getName().replace('.', ' ');
      return new Meter.Id(
          id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), words, id.getType());
    }
  }

  /** Closes the registry; to be called when its Vert.x is closed. */
  @Override
  public void close() {
    registry.close();
  }
}
