package dev.echosounder.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** An OTLP receiver over HTTP, which decodes what comes and answers as it is told. */
public final class Collector implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final int port;
  private final Queue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Queue<String> problems = new ConcurrentLinkedQueue<>();
  private final AtomicInteger largest = new AtomicInteger();
  private volatile Handler<HttpServerRequest> answer = status(200);

  private Collector(HttpServerOptions options) {
    HttpServer server = vertx.createHttpServer(options).requestHandler(this::receive);
    port = Waiting.on(server.listen(0, "127.0.0.1")).actualPort();
  }

  /** One on a free port. */
  public static Collector http() {
    return new Collector(new HttpServerOptions());
  }

  /** One that speaks TLS. */
  public static Collector https(Identity identity) {
    return new Collector(
        new HttpServerOptions().setSsl(true).setKeyCertOptions(ScriptedTarget.pfx(identity)));
  }

  /** Answers otherwise from now on; spans are taken down all the same. */
  public Collector answer(Handler<HttpServerRequest> other) {
    answer = other;
    return this;
  }

  /** An answer with this status at once. */
  public static Handler<HttpServerRequest> status(int status) {
    return request -> request.response().setStatusCode(status).end();
  }

  /** No answer, ever. */
  public static Handler<HttpServerRequest> silent() {
    return request -> {};
  }

  /** The beginning of an answer that has no end. */
  public Handler<HttpServerRequest> endless() {
    return request -> {
      request.response().setChunked(true).write("a");
      vertx.setPeriodic(10, tick -> request.response().write("a".repeat(1000)));
    };
  }

  /** This answer, a while later. */
  public Handler<HttpServerRequest> late(Duration delay, Handler<HttpServerRequest> then) {
    return request -> vertx.setTimer(delay.toMillis(), over -> then.handle(request));
  }

  private void receive(HttpServerRequest request) {
    requests.add(request.method() + " " + request.uri() + " " + request.getHeader("Authorization"));
    request
        .body()
        .onSuccess(
            body -> {
              take(body);
              answer.handle(request);
            });
  }

  private void take(Buffer body) {
    largest.accumulateAndGet(body.length(), Math::max);
    try {
      ExportTraceServiceRequest batch = ExportTraceServiceRequest.parseFrom(body.getBytes());
      for (ResourceSpans resource : batch.getResourceSpansList()) {
        for (Span span : resource.getScopeSpans(0).getSpansList()) {
          spans.add(ReceivedSpan.of(span, resource.getResource()));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      problems.add(e.getMessage());
    }
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** The base URL. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** The spans received so far, in their order. */
  public List<ReceivedSpan> spans() {
    if (!problems.isEmpty()) {
      throw new AssertionError(problems);
    }
    return List.copyOf(spans);
  }

  /** Waits for a span. */
  public ReceivedSpan await(Predicate<ReceivedSpan> wanted) {
    org.awaitility.Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> spans().stream().anyMatch(wanted));
    return spans().stream().filter(wanted).findFirst().orElseThrow();
  }

  /** Waits for the span of an echo request for a path. */
  public ReceivedSpan awaitPath(String path) {
    return await(span -> path.equals(span.attributes().get("url.path")));
  }

  /** Method, target and authorization of the requests received so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The largest body received so far, in bytes. */
  public int largest() {
    return largest.get();
  }

  @Override
  public void close() {
    Waiting.on(vertx.close());
  }
}
