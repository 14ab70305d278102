package dev.echosounder.integration;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.Collector;
import dev.echosounder.testing.ReceivedSpan;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class TracingTest {

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final ScriptedTarget target = ScriptedTarget.http(vertx);
  private final Collector collector = Collector.http();

  @AfterEach
  void close() {
    collector.close();
    target.close();
    Waiting.on(vertx.close());
  }

  @Test
  void an_echo_request_and_a_probe_are_spans_and_the_target_is_told_of_its_own()
      throws IOException {
    target.on("/probed", answer(200, ""));
    try (Subject service =
        Subject.start(
            folder,
            "tracing: {otlp_endpoint: '%s', sample_ratio: 1}".formatted(collector.url()),
            "urls: ['%s']".formatted(target.url("/probed")))) {
      service.echo("GET", "/asked");

      ReceivedSpan asked = collector.awaitPath("/asked");
      ReceivedSpan probed = collector.await(span -> span.kind() == SpanKind.SPAN_KIND_CLIENT);

      assertThat(asked.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
      assertThat(asked.error()).isFalse();
      assertThat(probed.error()).isFalse();
      assertThat(target.requests()).anySatisfy(sent -> assertThat(sent).contains(probed.traceId()));
    }
  }
}
