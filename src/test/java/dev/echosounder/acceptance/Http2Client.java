package dev.echosounder.acceptance;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;

/**
 * A client of HTTP/2 that keeps some streams open at once, each of which asks again and again. When
 * it is told to go away it sends no more on that connection, has what is under way answered, and
 * comes back on a new one, until it is refused or no one listens any more. Used on one event loop.
 */
final class Http2Client {

  private static final int STREAMS = 5;

  private final HttpClientAgent client;
  private final HttpConnectOptions where;
  private final ClientLog log;
  private final Promise<Void> ended = Promise.promise();
  private boolean refused;

  Http2Client(HttpClientAgent client, int port, boolean tls, ClientLog log) {
    this.client = client;
    this.where = new HttpConnectOptions().setHost("127.0.0.1").setPort(port).setSsl(tls);
    this.log = log;
  }

  /** Begins; completes when it has ended. */
  Future<Void> run() {
    connect();
    return ended.future();
  }

  private void connect() {
    client
        .connect(where)
        .onSuccess(connection -> new Use(connection).begin())
        .onFailure(nobodyListens -> ended.tryComplete());
  }

  /** One connection, from its first request to the last answer. */
  private final class Use {

    private final HttpClientConnection connection;
    private boolean leaving;
    private int streams = STREAMS;

    Use(HttpClientConnection connection) {
      this.connection = connection;
    }

    void begin() {
      log.connected();
      connection.goAwayHandler(goAway -> leaving = true);
      connection.shutdownHandler(now -> leaving = true);
      connection.closeHandler(closed -> leaving = true);
      connection.exceptionHandler(reset -> {});
      for (int stream = 0; stream < STREAMS; stream++) {
        next();
      }
    }

    private void next() {
      if (leaving) {
        streamEnded();
        return;
      }
      String path = "/h2/" + log.asking();
      connection
          .request()
          .compose(
              request -> {
                request.setMethod(HttpMethod.GET).setURI(path);
                return request.send();
              })
          .compose(answer -> answer.body().map(body -> answer.statusCode()))
          .onSuccess(this::take)
          .onFailure(cause -> failed(path, cause));
    }

    private void take(int code) {
      if (code == 503) {
        refused = true;
        leaving = true;
        log.refusedOne();
      } else {
        log.answeredWith("GET " + code);
      }
      next();
    }

    /** What came after GOAWAY was not looked at (RFC 9113 section 6.8): it may be asked again. */
    private void failed(String path, Throwable cause) {
      if (!leaving) {
        log.lost(path + " was not answered: " + cause);
      }
      leaving = true;
      next();
    }

    private void streamEnded() {
      streams--;
      if (streams > 0) {
        return;
      }
      connection.close();
      if (refused) {
        ended.tryComplete();
      } else {
        connect();
      }
    }
  }
}
