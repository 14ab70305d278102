package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Stage;
import dev.echosounder.metrics.ProbePageRenderer;
import dev.echosounder.testing.MarkdownTable;
import dev.echosounder.testing.TestSettings;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  @Test
  void the_route_table_is_that_of_the_code() throws IOException {
    Vertx vertx = Vertx.vertx();
    try {
      Map<String, String> inCode =
          Routes.table(
                  vertx,
                  new Pulse(vertx),
                  () -> Stage.RUNNING,
                  () -> new TestSettings().build(),
                  ProbePageRenderer::render)
              .values()
              .stream()
              .collect(Collectors.toMap(Route::path, route -> route.methods().get(0).name()));
      Map<String, String> inReadme =
          MarkdownTable.below(Path.of("README.md"), "## Routes").stream()
              .filter(row -> !row.get(0).equals("any"))
              .flatMap(
                  row ->
                      Stream.of(row.get(1).split(", ", -1))
                          .map(path -> Map.entry(path, row.get(0))))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

      assertThat(inReadme).isEqualTo(inCode);
    } finally {
      Waiting.on(vertx.close());
    }
  }
}
