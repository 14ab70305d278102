package dev.echosounder.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks for what must be answered with 200. */
final class Client {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  String text(String url) throws IOException, InterruptedException {
    return answer(request(url).build(), BodyHandlers.ofString()).body();
  }

  /**
   * The size of a body, which is thrown away.
   *
   * @param packed whether gzip is asked for; the size is then the packed one
   */
  long size(String url, boolean packed) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(url);
    if (packed) {
      request.header("Accept-Encoding", "gzip");
    }
    return answer(request.build(), BodyHandlers.ofByteArray()).body().length;
  }

  /** An answer with its headers. */
  HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return answer(request(url).build(), BodyHandlers.ofString());
  }

  void post(String url) throws IOException, InterruptedException {
    answer(request(url).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE);
  }

  private <T> HttpResponse<T> answer(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    HttpResponse<T> response = client.send(request, handler);
    if (response.statusCode() != 200) {
      throw new IOException(
          request.uri() + ": got " + response.statusCode() + ": " + response.body());
    }
    return response;
  }
}
