package dev.echosounder.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Headers that every answer has, whatever its route. Used on one event loop only. */
final class AnswerHeaders {

  private List<Header> headers = List.of();

  private record Header(CharSequence name, CharSequence value) {}

  /** Takes what a reload may change. */
  void configure(Map<String, String> configured) {
    List<Header> made = new ArrayList<>();
    configured.forEach(
        (name, value) ->
            made.add(
                new Header(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value))));
    headers = List.copyOf(made);
  }

  /** Puts them on the answer to a request, before anything else is. */
  void putOn(HttpServerRequest request) {
    for (int i = 0; i < headers.size(); i++) {
      Header header = headers.get(i);
      request.response().putHeader(header.name(), header.value());
    }
  }
}
