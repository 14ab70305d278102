package dev.echosounder.tracing;

import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * One attempt to send a batch. Used on one event loop only.
 *
 * @param context of that event loop
 */
record CollectorExchange(
    HttpClient client, ContextInternal context, HttpSenderConfig config, Buffer batch) {

  /** More than any answer needs, which is read only so that its connection can be used again. */
  private static final int LONGEST_ANSWER = 64 * 1024;

  /**
   * Sends it.
   *
   * @param until the deadline of all of it, in {@link System#nanoTime()}
   * @return the status, a 2xx; fails with {@link Refusal} for any other
   */
  Future<Integer> run(long until) {
    Promise<Integer> answer = context.promise();
    long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
    long timer =
        context
            .owner()
            .setTimer(
                Math.max(1, left),
                late -> answer.tryFail(new IOException("it did not answer in time")));
    // A client that is closed throws.
    context
        .succeededFuture()
        .compose(now -> client.request(options()))
        .onSuccess(request -> exchange(request, answer))
        .onFailure(answer::tryFail);
    return answer.future().onComplete(end -> context.owner().cancelTimer(timer));
  }

  private RequestOptions options() {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(config.getEndpoint().toString())
            .putHeader(HttpHeaders.CONTENT_TYPE, config.getContentType());
    config
        .getHeadersSupplier()
        .get()
        .forEach((name, values) -> options.getHeaders().set(name, values));
    return options;
  }

  private void exchange(HttpClientRequest request, Promise<Integer> answer) {
    // At once if it is too late already; without an effect where the answer has come to its end.
    answer.future().onFailure(failure -> request.reset());
    if (!answer.future().isComplete()) {
      request
          .send(batch)
          .compose(CollectorExchange::read)
          .onSuccess(status -> end(status, answer))
          .onFailure(answer::tryFail);
    }
  }

  private static void end(int status, Promise<Integer> answer) {
    if (status >= 200 && status < 300) {
      answer.tryComplete(status);
    } else {
      answer.tryFail(new Refusal(status));
    }
  }

  private static Future<Integer> read(HttpClientResponse response) {
    Promise<Integer> read = Promise.promise();
    long[] bytes = {0};
    response.handler(
        chunk -> {
          bytes[0] += chunk.length();
          if (bytes[0] > LONGEST_ANSWER) {
            read.tryFail(new IOException("its answer has no end"));
          }
        });
    response
        .end()
        .onSuccess(end -> read.tryComplete(response.statusCode()))
        .onFailure(read::tryFail);
    return read.future();
  }
}
