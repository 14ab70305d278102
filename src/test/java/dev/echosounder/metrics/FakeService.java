package dev.echosounder.metrics;

import dev.echosounder.bus.Address;
import dev.echosounder.bus.Bus;
import dev.echosounder.bus.Distribution;
import dev.echosounder.bus.EchoTotals;
import dev.echosounder.bus.EchoTotals.CodeTotal;
import dev.echosounder.bus.EchoTotals.MethodTotals;
import dev.echosounder.bus.EchoTotals.RefusedTotal;
import dev.echosounder.bus.Nothing;
import dev.echosounder.bus.ProberTotals;
import dev.echosounder.bus.Scrape;
import dev.echosounder.bus.TracingTotals;
import dev.echosounder.bus.Vitals;
import dev.echosounder.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A metrics verticle on a Vert.x of its own, and the rest of the service as the bus shows it. */
final class FakeService implements AutoCloseable {

  static final Duration LONG = Duration.ofSeconds(20);

  final Instrumentation instrumentation = new Instrumentation();
  final Vertx vertx = instrumentation.build(Vertx.builder(), new VertxOptions());
  final Bus bus = Bus.install(vertx);
  String deployment;

  FakeService start(Settings settings, int loops) {
    instrumentation.registry().throwExceptionOnRegistrationFailure();
    MetricsVerticle verticle =
        new MetricsVerticle(settings, instrumentation.registry(), loops, "1.2.3");
    deployment = await(vertx.deployVerticle(verticle));
    bus.publish(Address.VITALS, new Vitals(List.of(new Vitals.Vital("metrics", 0, false, 0))));
    return this;
  }

  /** An HTTP loop that has answered as many GETs with 200 as the counter says. */
  void loop(int number, AtomicLong gets) {
    bus.answer(
        Address.ECHO_TOTALS.of("" + number),
        asked -> Future.succeededFuture(totals(number, "GET", 200, gets.get())));
  }

  static EchoTotals totals(int loop, String method, int code, long count) {
    Distribution latency =
        new Distribution(new double[] {0.01, 0.1}, new long[] {count, 0, 0}, count * 0.001);
    MethodTotals methods = new MethodTotals(method, List.of(new CodeTotal(code, count)), latency);
    return new EchoTotals(loop, List.of(methods), List.of(new RefusedTotal("malformed", count)));
  }

  void prober(int inFlight, long skipped) {
    Distribution lag = new Distribution(new double[] {0.1, 1}, new long[] {3, 2, 1}, 4.5);
    bus.answer(
        Address.PROBER_TOTALS,
        asked -> Future.succeededFuture(new ProberTotals(inFlight, skipped, 0, lag)));
  }

  void tracing(TracingTotals totals) {
    bus.answer(Address.TRACING_TOTALS, asked -> Future.succeededFuture(totals));
  }

  void flush() {
    await(bus.request(Address.FLUSH, Nothing.INSTANCE, LONG));
  }

  PageCopy page(boolean openMetrics, boolean gzip) {
    return PageCopy.of(await(bus.borrow(Address.SCRAPE, new Scrape(openMetrics, gzip), LONG)));
  }

  ExpositionParser.Parsed parsed() {
    return ExpositionParser.parse(page(false, false));
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    await(vertx.close());
    instrumentation.close();
  }
}
