package dev.echosounder.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.Web;
import dev.echosounder.testing.MarkdownTable;
import dev.echosounder.testing.TestSettings;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LimitsPageTest {

  @Test
  void the_page_has_the_limits_that_are_in_force() throws IOException {
    Map<String, String> page =
        MarkdownTable.below(Path.of("docs", "architecture.md"), "### Limits").stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> row.get(1)));
    HttpServerOptions options = ServerOptions.of(new TestSettings().build().http(), Web.OPEN);

    assertThat(page)
        .containsEntry("request line", options.getMaxInitialLineLength() + " bytes")
        .containsEntry("header section", options.getMaxHeaderSize() + " bytes")
        .containsEntry(
            "streams of a connection at once",
            "" + options.getInitialSettings().getMaxConcurrentStreams())
        .containsEntry(
            "streams of a connection that are reset, by either side",
            "%d in %d s"
                .formatted(
                    options.getHttp2RstFloodMaxRstFramePerWindow(),
                    options.getHttp2RstFloodWindowDuration()))
        .containsEntry(
            "small parts of a header section", "" + options.getHttp2MaxSmallContinuationFrames());
  }

  @Test
  void it_has_the_numbers_of_refusals_of_the_reserve_and_of_the_close() throws IOException {
    String page = Files.readString(Path.of("docs", "architecture.md"));

    assertThat(page)
        .contains("where " + OpenConnections.MOST_HEARD + " at once are being told so")
        .contains("leaves " + OpenConnections.RESERVE + " to a management port, or a quarter")
        .contains("for up\nto " + StagedClose.LINGER_SECONDS + " s");
  }
}
