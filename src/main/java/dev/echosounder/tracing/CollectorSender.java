package dev.echosounder.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Sends batches of spans with Vert.x's HTTP client: no second client, and no thread that could be
 * held. OpenTelemetry's sender on the JDK's client has no deadline for the body of an answer, so
 * that each batch for a collector that never ends one would take a thread with it.
 *
 * <p>A batch has one deadline over all its attempts. Nothing is kept of an answer but its status.
 */
final class CollectorSender implements HttpSender {

  /** The one under way, and one that is still being ended. */
  private static final int CONNECTIONS = 2;

  private static final byte[] NOTHING = {};

  private final HttpSenderConfig config;
  private final ContextInternal context;
  private final HttpClientAgent client;

  CollectorSender(Vertx vertx, HttpSenderConfig config) {
    this.config = config;
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(config.getEndpoint().getScheme().equals("https"))
            .setConnectTimeout(Math.toIntExact(config.getConnectTimeout().toMillis()));
    this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    Buffer batch;
    try {
      batch = bytes(message);
    } catch (IOException e) {
      onError.accept(e);
      return;
    }
    long until = System.nanoTime() + config.getTimeout().toNanos();
    context.runOnContext(
        now ->
            attempt(batch, 1, config.getRetryPolicy().getInitialBackoff(), until)
                .onSuccess(status -> onResponse.accept(new Taken(status)))
                .onFailure(onError::accept));
  }

  private static Buffer bytes(MessageWriter message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.getContentLength());
    message.writeMessage(bytes);
    return Buffer.buffer(bytes.toByteArray());
  }

  private Future<Integer> attempt(Buffer batch, int number, Duration pause, long until) {
    return new CollectorExchange(client, context, config, batch)
        .run(until)
        .recover(
            failure -> {
              boolean passes = !(failure instanceof Refusal refusal) || refusal.passes();
              boolean more = number < config.getRetryPolicy().getMaxAttempts();
              return passes && more && System.nanoTime() + pause.toNanos() < until
                  ? context
                      .owner()
                      .timer(pause.toMillis())
                      .compose(over -> attempt(batch, number + 1, pause.multipliedBy(2), until))
                  : Future.failedFuture(failure);
            });
  }

  @Override
  public CompletableResultCode shutdown() {
    client.close();
    return CompletableResultCode.ofSuccess();
  }

  private record Taken(int status) implements HttpResponse {

    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public String getStatusMessage() {
      return "";
    }

    @Override
    public byte[] getResponseBody() {
      return NOTHING;
    }
  }
}
