package dev.echosounder.integration;

import static dev.echosounder.integration.Subject.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.RawHttp;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class EchoingTest {

  @TempDir private Path folder;

  @Test
  void every_echo_answer_is_on_the_metrics_page_and_nothing_else_is_counted() throws IOException {
    try (Subject service = Subject.start(folder)) {
      for (int i = 0; i < 10; i++) {
        service.echo("GET", "/anything/at/all");
        service.get("/healthcheck");
        service.get("/config");
      }
      service.echo("POST", "/status/418");

      eventually(
          () ->
              assertThat(service.metrics())
                  .contains("app_requests_count_total{code=\"200\",method=\"GET\"} 10")
                  .contains("app_requests_count_total{code=\"418\",method=\"POST\"} 1")
                  .contains("app_request_duration_seconds_count{method=\"GET\"} 10"));
    }
  }

  @Test
  void the_first_page_has_the_count_at_zero() throws IOException {
    try (Subject service = Subject.start(folder)) {
      assertThat(service.metrics())
          .contains("app_requests_count_total{code=\"200\",method=\"GET\"} 0")
          .contains("app_request_duration_seconds_count{method=\"GET\"} 0");
    }
  }

  @Test
  void an_answer_tells_what_was_asked_and_waits_as_long_as_it_is_told() throws IOException {
    try (Subject service = Subject.start(folder, "app_name: pinger")) {
      long begin = System.nanoTime();

      JsonObject answer = new JsonObject(service.echo("PATCH", "/a/b?delay=300ms").body());

      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(300_000_000L);
      assertThat(answer.getString("app_name")).isEqualTo("pinger");
      assertThat(answer.getString("method")).isEqualTo("PATCH");
      assertThat(answer.getString("path")).isEqualTo("/a/b");
      assertThat(answer.getString("instance")).isNotEmpty();
    }
  }

  @Test
  void every_reserved_path_is_there_and_refuses_other_methods() throws IOException {
    try (Subject service = Subject.start(folder, "urls: ['http://127.0.0.1:1/a']")) {
      for (String path :
          List.of(
              "/healthcheck",
              "/healthcheck/live",
              "/healthcheck/ready",
              "/queryurl",
              "/history?url=http://127.0.0.1:1/a",
              "/probe?target=http://127.0.0.1:1/a",
              "/metrics",
              "/config")) {
        assertThat(service.get(path).statusCode()).as(path).isEqualTo(200);
        assertThat(service.echo("DELETE", path).statusCode()).as(path).isEqualTo(405);
      }
      assertThat(service.reload().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void with_a_management_port_the_reserved_paths_are_there_alone() throws IOException {
    try (Subject service = Subject.start(folder, "management: {port: 0}")) {
      assertThat(service.managementPort()).isNotEqualTo(service.port());
      for (String path : List.of("/healthcheck", "/healthcheck/ready", "/healthcheck/live")) {
        assertThat(service.get(path).statusCode()).as(path).isEqualTo(200);
      }
      assertThat(service.get("/nowhere").statusCode()).isEqualTo(404);
      assertThat(new JsonObject(service.echo("GET", "/metrics").body()).getString("path"))
          .isEqualTo("/metrics");
    }
  }

  @Test
  void a_request_without_a_host_is_refused() throws IOException {
    try (Subject service = Subject.start(folder)) {
      assertThat(RawHttp.exchange(service.port(), "GET / HTTP/1.1\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void http_2_without_tls_is_spoken_where_it_is_asked_for() throws IOException {
    Vertx vertx = Vertx.vertx();
    Path file =
        Files.writeString(
            folder.resolve("h2c.yaml"),
            "http: {port: 0, host: 127.0.0.1, h2c: true}\nshutdown: {delay: 0s, linger: 0s}\n");
    try (Subject service = Subject.start(folder, Optional.of(file), Map.of())) {
      // The upgrade, which RFC 9113 has done away with, is ignored.
      for (boolean upgrade : new boolean[] {true, false}) {
        String answered = upgrade ? "HTTP_1_1 200" : "HTTP_2 200";
        HttpClient client =
            vertx.createHttpClient(
                new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(upgrade));
        for (int i = 0; i < 3; i++) {
          assertThat(http2(client, service.port(), HttpMethod.GET, "")).isEqualTo(answered);
        }
        assertThat(http2(client, service.port(), HttpMethod.POST, "body")).isEqualTo(answered);
        Waiting.on(client.close());
      }
      eventually(
          () ->
              assertThat(service.metrics())
                  .contains("app_requests_count_total{code=\"200\",method=\"GET\"} 6")
                  .contains("app_requests_count_total{code=\"200\",method=\"POST\"} 2"));
    } finally {
      Waiting.on(vertx.close());
    }
  }

  private static String http2(HttpClient client, int port, HttpMethod method, String body) {
    return Waiting.on(
        client
            .request(method, port, "127.0.0.1", "/x")
            .compose(request -> request.send(body))
            .compose(
                response -> response.end().map(response.version() + " " + response.statusCode())));
  }
}
