package dev.echosounder.discovery;

import dev.echosounder.schema.BadDocumentException;
import dev.echosounder.settings.DurationText;
import dev.echosounder.settings.HostText;
import dev.echosounder.settings.Settings.Discovery.HttpSource;
import dev.echosounder.settings.TargetUrl;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks an endpoint of Prometheus' http_sd for its targets, each time on a new connection that is
 * closed with the answer. Redirects are not followed: their targets could be anyone's.
 *
 * @param options what believes the endpoint's certificate; the JDK's authorities by default
 * @param userAgent the value of {@code User-Agent}
 */
record Fetch(Vertx vertx, HttpClientOptions options, String userAgent, HttpSource source) {

  /** The longest body, in bytes. */
  static final int MAX_BODY = 16 << 20;

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** The body of a good answer; done on the event loop that this is called on. */
  Future<Buffer> get() {
    // What waits for the client to close goes on wherever Netty has closed it.
    PromiseInternal<Buffer> here = ((ContextInternal) vertx.getOrCreateContext()).promise();
    ask().onComplete(here);
    return here.future();
  }

  private Future<Buffer> ask() {
    int timeout = (int) timeout().toMillis();
    HttpClient client =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions(options).setConnectTimeout(timeout).setKeepAlive(false))
            // Else Vert.x logs what the endpoint sent.
            .withConnectHandler(connection -> connection.exceptionHandler(failure -> {}))
            .build();
    return server()
        .compose(server -> client.request(request().setServer(server)))
        .compose(request -> request.send())
        .compose(this::body)
        .timeout(timeout, TimeUnit.MILLISECONDS)
        .eventually(client::close);
  }

  /** Why {@link #get} failed, in one line without secrets. */
  String why(Throwable cause) {
    if (cause instanceof BadDocumentException) {
      return cause.getMessage();
    }
    if (cause instanceof TimeoutException) {
      return "got no whole answer within " + DurationText.format(timeout()) + ", expected one";
    }
    if (cause instanceof HttpClosedException) {
      return "got a connection that ended too early, expected a whole answer";
    }
    String kind = cause.getClass().getSimpleName();
    // Other kinds may quote what was sent or received.
    String text =
        cause instanceof IOException && cause.getMessage() != null
            ? kind + ": " + cause.getMessage().lines().findFirst().orElse("")
            : kind;
    return "got an error (" + text + "), expected an answer";
  }

  private Duration timeout() {
    Duration interval = source.refreshInterval();
    return interval.compareTo(LONGEST) < 0 ? interval : LONGEST;
  }

  /** Where it is: what was checked is what is dialled, and no name is looked up twice. */
  private Future<SocketAddress> server() {
    String host = source.url().hostName();
    Future<InetAddress> found =
        HostText.address(host)
            .map(Future::succeededFuture)
            .orElseGet(() -> ((VertxInternal) vertx).nameResolver().resolve(host));
    return found.compose(
        address ->
            source.dialable().permits(host, address)
                ? Future.succeededFuture(
                    SocketAddress.inetSocketAddress(new InetSocketAddress(address, port())))
                : refused("got an endpoint that prober.deny denies, expected another"));
  }

  private boolean secure() {
    return source.url().uri().getScheme().equals("https");
  }

  private int port() {
    return source.url().port().orElse(secure() ? 443 : 80);
  }

  private RequestOptions request() {
    TargetUrl url = source.url();
    String path = url.uri().getRawPath().isEmpty() ? "/" : url.uri().getRawPath();
    String query = url.uri().getRawQuery() == null ? "" : "?" + url.uri().getRawQuery();
    return new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setSsl(secure())
        .setHost(url.hostName())
        .setPort(port())
        .setURI(path + query)
        .setFollowRedirects(false)
        .setHeaders(headers());
  }

  private MultiMap headers() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add(HttpHeaders.ACCEPT, "application/json")
            .add(HttpHeaders.USER_AGENT, userAgent)
            .add("X-Prometheus-Refresh-Interval-Seconds", seconds(source.refreshInterval()));
    source
        .url()
        .userInfo()
        .ifPresent(user -> headers.add(HttpHeaders.AUTHORIZATION, basic(user.value())));
    return headers;
  }

  private static String basic(String userInfo) {
    String pair = userInfo.contains(":") ? userInfo : userInfo + ":";
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private Future<Buffer> body(HttpClientResponse response) {
    String type = String.valueOf(response.getHeader(HttpHeaders.CONTENT_TYPE));
    if (response.statusCode() != 200) {
      return refused(
          "got status " + response.statusCode() + ", expected 200; redirects are not followed");
    }
    if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json")) {
      return refused("got another content type, expected application/json");
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > MAX_BODY) {
            whole.tryFail(
                new BadDocumentException(
                    "got a body of more than %d MiB, expected less".formatted(MAX_BODY >> 20)));
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.end().map(body).onSuccess(whole::tryComplete).onFailure(whole::tryFail);
    return whole.future();
  }

  private static <T> Future<T> refused(String problem) {
    return Future.failedFuture(new BadDocumentException(problem));
  }
}
