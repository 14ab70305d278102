package dev.echosounder.soak;

import dev.echosounder.soak.GoodClient.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Who asks for echo: every method, bodies of several sizes, connections old and new, HTTP/2. */
final class EchoClients {

  private static final List<HttpMethod> METHODS =
      List.of(
          HttpMethod.GET,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.HEAD,
          HttpMethod.DELETE,
          HttpMethod.PATCH,
          HttpMethod.OPTIONS,
          HttpMethod.TRACE,
          HttpMethod.PROPFIND);
  private static final List<HttpMethod> BODILESS =
      List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.TRACE);
  private static final List<Buffer> BODIES =
      List.of(
          Buffer.buffer(),
          Buffer.buffer("a".repeat(10)),
          Buffer.buffer("b".repeat(20_000)),
          Buffer.buffer("c".repeat(150_000)));

  private final AtomicInteger number = new AtomicInteger();
  private final Surface surface;

  private EchoClients(Surface surface) {
    this.surface = surface;
  }

  /**
   * Begins.
   *
   * @param millis between two requests of those that keep their connections
   */
  static void start(Pace pace, Surface surface, long millis, Outcomes outcomes) {
    Vertx vertx = pace.vertx;
    EchoClients asks = new EchoClients(surface);
    new GoodClient(pace, vertx.createHttpClient(surface.client(HttpVersion.HTTP_1_1)), outcomes)
        .every(millis, "echo, keep-alive", asks::next)
        .every(20 * millis, "echo, a status", () -> asks.status(404))
        .every(20 * millis, "echo, a delay", asks::delayed);
    new GoodClient(
            pace,
            vertx.createHttpClient(surface.client(HttpVersion.HTTP_1_1).setKeepAlive(false)),
            outcomes)
        .every(4 * millis, "echo, new connections", asks::next);
    new GoodClient(pace, vertx.createHttpClient(surface.client(HttpVersion.HTTP_2)), outcomes)
        .every(2 * millis, "echo, HTTP/2", asks::next);
  }

  private Exchange next() {
    int mine = number.getAndIncrement();
    HttpMethod method = METHODS.get(mine % METHODS.size());
    Buffer body =
        BODILESS.contains(method) ? Buffer.buffer() : BODIES.get(mine / 7 % BODIES.size());
    String path = "/echo/" + mine;
    return new Exchange(
        surface.echo(method, path),
        body,
        (response, answer) ->
            response.statusCode() == 200
                && (method.equals(HttpMethod.HEAD) || isEcho(answer, method, path)));
  }

  private static boolean isEcho(Buffer answer, HttpMethod method, String path) {
    String text = answer.toString();
    return text.contains("\"" + method + "\"") && text.contains("\"" + path + "\"");
  }

  private Exchange status(int code) {
    return new Exchange(
        surface.echo(HttpMethod.GET, "/status/" + code),
        Buffer.buffer(),
        (response, answer) -> response.statusCode() == code);
  }

  private Exchange delayed() {
    return new Exchange(
        surface.echo(HttpMethod.POST, "/slow?delay=300ms"), BODIES.get(1), EchoClients::isOk);
  }

  static boolean isOk(HttpClientResponse response, Buffer answer) {
    return response.statusCode() == 200;
  }
}
