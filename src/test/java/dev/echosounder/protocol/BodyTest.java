package dev.echosounder.protocol;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.re2j.Pattern;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Deadline;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Stages;
import dev.echosounder.dial.Timeline;
import dev.echosounder.dial.Trust;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.HttpOptions.Checks;
import dev.echosounder.settings.HttpOptions.Coding;
import dev.echosounder.settings.HttpOptions.ResponseBody;
import dev.echosounder.settings.Target;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

  private static final String TEXT = "hello, hello, hello, hello";

  // The text, by the reference implementation.
  private static final String BROTLI = "1b1900f88d946ede44095286966c2c6f314f24b0e300";

  private final Vertx vertx = Vertx.vertx();
  private final Timeline timeline = Timeline.on();
  private ScriptedTarget server;
  private Probing probing;

  @BeforeEach
  void start() throws Exception {
    server = ScriptedTarget.http(vertx);
    probing = new Probing(vertx, Optional.empty());
  }

  @AfterEach
  void every_connection_is_closed() {
    await().untilAsserted(() -> assertThat(server.open()).isZero());
    Waiting.on(vertx.close());
  }

  private static HttpOptions reading(Optional<Coding> coding, OptionalLong limit, int debugBytes) {
    return HttpOptions.DEFAULT.with(new ResponseBody(coding, limit, debugBytes));
  }

  private static HttpOptions decoding(Coding coding) {
    return reading(Optional.of(coding), OptionalLong.empty(), 0);
  }

  private static HttpOptions limited(long bytes) {
    return reading(Optional.empty(), OptionalLong.of(bytes), 0);
  }

  /** The same options, and a body that must match. */
  private static HttpOptions matching(HttpOptions options, String pattern) {
    Checks all = Checks.DEFAULT;
    return options.with(
        new Checks(
            all.statusCodes(),
            all.versions(),
            all.tls(),
            List.of(),
            List.of(Pattern.compile(pattern)),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of()));
  }

  private ProbeResult probe(HttpOptions options) {
    Target target = Probing.target(server.url("/"), options, Probing.LONG, Map.of());
    return probing.probe(target, AddressFilter.ANY, timeline);
  }

  private ProbeResult answered(HttpOptions options, byte[] body) {
    server.on("/", answer(200, new String(body, StandardCharsets.ISO_8859_1)));
    return probe(options);
  }

  private interface Encoder {
    OutputStream over(OutputStream target) throws IOException;
  }

  private static byte[] encoded(byte[] bytes, Encoder encoder) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (OutputStream stream = encoder.over(target)) {
      stream.write(bytes);
    }
    return target.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    return encoded(bytes, GZIPOutputStream::new);
  }

  private static byte[] coded(Coding coding) throws IOException {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    return switch (coding) {
      case GZIP -> gzip(bytes);
      case DEFLATE -> encoded(bytes, DeflaterOutputStream::new);
      case BR -> HexFormat.of().parseHex(BROTLI);
    };
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void a_body_is_decoded_from_its_coding_before_it_is_matched(Coding coding) throws Exception {
    byte[] coded = coded(coding);

    ProbeResult result = answered(matching(decoding(coding), "^(hello(, )?){4}$"), coded);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures())
        .containsEntry(Measure.HTTP_CONTENT_LENGTH, (double) coded.length)
        .containsEntry(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, (double) TEXT.length());
    assertThat(server.requests().get(0)).contains("accept-encoding: " + coding.label() + "\r\n");
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void a_body_that_is_only_counted_is_decoded_as_well(Coding coding) throws Exception {
    ProbeResult result = answered(decoding(coding), coded(coding));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures())
        .containsEntry(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, (double) TEXT.length());
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void a_body_that_is_not_in_the_coding_is_protocol(Coding coding) {
    for (String body : List.of("", "hello", "\u001f\u008b\b\u0000\u0000", "<html></html>")) {
      ProbeResult result = answered(decoding(coding), body.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(result.reason()).as(body).isEqualTo(Reason.PROTOCOL);
    }
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void a_truncated_body_is_protocol(Coding coding) throws Exception {
    byte[] coded = coded(coding);
    byte[] half = Arrays.copyOf(coded, coded.length / 2);

    assertThat(answered(decoding(coding), half).reason()).isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void deflate_without_its_wrapping_is_decoded_too() throws Exception {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    byte[] coded =
        encoded(bytes, target -> new DeflaterOutputStream(target, new Deflater(9, true)));

    assertThat(answered(matching(decoding(Coding.DEFLATE), TEXT), coded).reason())
        .isEqualTo(Reason.OK);
  }

  @Test
  void deflate_that_needs_a_dictionary_is_protocol() throws Exception {
    Deflater deflater = new Deflater();
    deflater.setDictionary("hello".getBytes(StandardCharsets.UTF_8));
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    byte[] coded = encoded(bytes, target -> new DeflaterOutputStream(target, deflater));

    assertThat(answered(decoding(Coding.DEFLATE), coded).reason()).isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void a_bomb_ends_at_the_limit() throws Exception {
    byte[] bomb = gzip(new byte[64 * 1024 * 1024]);

    ProbeResult byDefault = answered(decoding(Coding.GZIP), bomb);
    ProbeResult configured =
        answered(reading(Optional.of(Coding.GZIP), OptionalLong.of(1000), 0), bomb);

    assertThat(byDefault.reason()).isEqualTo(Reason.BODY_LIMIT);
    assertThat(byDefault.measures().get(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH))
        .isBetween(10.0 * 1024 * 1024, 11.0 * 1024 * 1024);
    assertThat(configured.reason()).isEqualTo(Reason.BODY_LIMIT);
    assertThat(configured.measures().get(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH))
        .isLessThan(100_000);
  }

  @Test
  void one_coding_is_decoded_and_what_is_nested_in_it_is_not() throws Exception {
    byte[] nested = gzip(gzip(new byte[100_000]));

    ProbeResult result = answered(decoding(Coding.GZIP), nested);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures().get(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH)).isLessThan(1000);
  }

  @Test
  void without_a_configured_coding_the_body_is_taken_as_it_comes() throws Exception {
    byte[] coded = gzip(TEXT.getBytes(StandardCharsets.UTF_8));
    server.on(
        "/", answer(200, new String(coded, StandardCharsets.ISO_8859_1), "Content-Encoding: gzip"));

    ProbeResult result = probe(matching(HttpOptions.DEFAULT, "hello"));

    assertThat(result.reason()).isEqualTo(Reason.ASSERTION);
    assertThat(result.measures())
        .containsEntry(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, (double) coded.length);
    assertThat(server.requests().get(0)).doesNotContain("accept-encoding");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_body_may_be_as_long_as_the_limit_and_not_a_byte_longer(boolean matched) {
    byte[] body = "a".repeat(40_000).getBytes(StandardCharsets.UTF_8);
    HttpOptions enough = matched ? matching(limited(40_000), "a$") : limited(40_000);
    HttpOptions tooLittle = matched ? matching(limited(39_999), "a$") : limited(39_999);

    assertThat(answered(enough, body).reason()).isEqualTo(Reason.OK);
    assertThat(answered(tooLittle, body).reason()).isEqualTo(Reason.BODY_LIMIT);
  }

  @Test
  void an_endless_body_ends_at_the_limit() {
    server.on("/", endless());

    assertThat(probe(limited(1_000_000)).reason()).isEqualTo(Reason.BODY_LIMIT);
    assertThat(probe(matching(HttpOptions.DEFAULT, "x")).reason()).isEqualTo(Reason.BODY_LIMIT);
  }

  private ScriptedTarget.Script endless() {
    Buffer piece = Buffer.buffer(new byte[64 * 1024]);
    return socket -> {
      socket.write("HTTP/1.0 200 OK\r\n\r\n");
      more(socket, piece);
    };
  }

  private static void more(NetSocket socket, Buffer piece) {
    socket.write(piece).onSuccess(written -> more(socket, piece));
  }

  @Test
  void the_status_counts_more_than_the_limit() {
    server.on("/", answer(500, "a".repeat(1000)));

    assertThat(probe(limited(10)).reason()).isEqualTo(Reason.STATUS);
  }

  @Test
  void a_body_nobody_looks_at_may_have_any_length() {
    byte[] body = new byte[12 * 1024 * 1024];

    ProbeResult result = answered(HttpOptions.DEFAULT, body);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures())
        .containsEntry(Measure.HTTP_UNCOMPRESSED_BODY_LENGTH, (double) body.length);
  }

  @Test
  void a_body_that_comes_byte_by_byte_is_put_together() {
    StringBuilder chunks =
        new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    TEXT.chars().forEach(c -> chunks.append("1\r\n").append((char) c).append("\r\n"));
    server.on("/", raw(chunks + "0\r\n\r\n"));

    assertThat(probe(matching(HttpOptions.DEFAULT, "^" + TEXT + "$")).reason())
        .isEqualTo(Reason.OK);
  }

  @Test
  void the_beginning_of_the_body_is_shown_where_the_module_says_how_much() throws Exception {
    answered(
        reading(Optional.empty(), OptionalLong.empty(), 7),
        "h\u00c3\u00a4llo \u00ff!".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(timeline.body()).contains("h\u00e4llo ");

    answered(reading(Optional.of(Coding.GZIP), OptionalLong.empty(), 5), coded(Coding.GZIP));
    assertThat(timeline.body()).contains("hello");
  }

  @Test
  void a_body_that_is_shown_may_be_longer_than_what_is_shown() {
    byte[] body = new byte[12 * 1024 * 1024];

    ProbeResult result = answered(reading(Optional.empty(), OptionalLong.empty(), 5), body);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(timeline.body()).contains("\0".repeat(5));
  }

  @Test
  void no_body_is_shown_unless_the_module_says_so() {
    answered(matching(HttpOptions.DEFAULT, "hello"), TEXT.getBytes(StandardCharsets.UTF_8));

    assertThat(timeline.body()).isEmpty();
  }

  @Test
  void the_date_of_last_modification_is_measured() {
    server
        .on("/", answer(200, "", "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT"))
        .on("/no", answer(200, "", "Last-Modified: yesterday"));

    assertThat(probing.probe(server.url("/")).measures())
        .containsEntry(Measure.HTTP_LAST_MODIFIED, 784111777.0);
    assertThat(probing.probe(server.url("/no")).measures())
        .doesNotContainKey(Measure.HTTP_LAST_MODIFIED);
  }

  @Test
  void bodies_for_which_no_memory_is_left_are_overload_and_cost_none() throws Exception {
    BodyBudget budget = new BodyBudget(100_000);
    ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
    HttpProber prober =
        new HttpProber(Stages.on(context, Trust.load(Optional.empty())), "test", budget);
    server.on("/", answer(200, "a".repeat(150_000)));
    HttpOptions options = matching(HttpOptions.DEFAULT, "b");

    Future<Void> tooLarge = probe(context, prober, options);
    await().until(tooLarge::isComplete);
    server.on("/", answer(200, "b"));
    Future<Void> small = probe(context, prober, options);
    await().until(small::isComplete);

    assertThat(tooLarge.cause())
        .isInstanceOfSatisfying(
            ProbeFailure.class, failure -> assertThat(failure.reason()).isEqualTo(Reason.OVERLOAD));
    assertThat(small.succeeded()).isTrue();
    assertThat(budget.left()).isEqualTo(100_000);
  }

  private Future<Void> probe(ContextInternal context, HttpProber prober, HttpOptions options) {
    Target target = Probing.target(server.url("/"), options, Probing.LONG, Map.of());
    Promise<Void> outcome = Promise.promise();
    context.runOnContext(
        now -> {
          Deadline deadline = new Deadline(vertx, Probing.LONG);
          prober
              .probe(Visit.to(target, AddressFilter.ANY, deadline, Timeline.off()))
              .onComplete(end -> deadline.end())
              .onComplete(outcome);
        });
    return outcome.future();
  }
}
