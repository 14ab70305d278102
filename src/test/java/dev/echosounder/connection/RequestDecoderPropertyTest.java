package dev.echosounder.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.Corpus;
import dev.echosounder.testing.Mutations;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestDecoderPropertyTest {

  static List<String> corpus() {
    return Corpus.of("requests");
  }

  @Provide
  Arbitrary<String> requests() {
    return Mutations.ofBytes(corpus());
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(1, 40).list().ofMaxSize(20);
  }

  @Property
  void bytes_mean_the_same_however_they_are_cut(
      @ForAll("requests") String bytes, @ForAll("cuts") List<Integer> cuts) {
    assertThat(decoded(bytes, cuts)).isEqualTo(decoded(bytes, List.of()));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void so_does_each_of_the_corpus_byte_by_byte(String bytes) {
    assertThat(decoded(bytes, java.util.Collections.nCopies(bytes.length(), 1)))
        .isEqualTo(decoded(bytes, List.of()));
  }

  @Property
  void nothing_follows_what_is_refused(@ForAll("requests") String bytes) {
    List<String> decoded = decoded(bytes + "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", List.of());
    int refused = decoded.indexOf("refused");
    if (refused >= 0) {
      assertThat(decoded.subList(refused + 1, decoded.size())).containsExactly("content ");
    }
  }

  /** What comes out, the content of each request in one piece. */
  private static List<String> decoded(String bytes, List<Integer> cuts) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new StrictRequestDecoder(new HttpServerOptions()));
    List<String> decoded = new ArrayList<>();
    StringBuilder content = new StringBuilder();
    int start = 0;
    for (int cut : cuts) {
      int end = Math.min(bytes.length(), start + cut);
      send(channel, bytes.substring(start, end));
      start = end;
    }
    send(channel, bytes.substring(start));
    for (Object each = channel.readInbound(); each != null; each = channel.readInbound()) {
      read((HttpObject) each, content, decoded);
      ReferenceCountUtil.release(each);
    }
    decoded.add("content " + content);
    channel.close();
    return decoded;
  }

  private static void send(EmbeddedChannel channel, String bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(Corpus.bytes(bytes)));
  }

  private static void read(HttpObject each, StringBuilder content, List<String> decoded) {
    if (each.decoderResult().isFailure()) {
      content.setLength(0);
      decoded.add("refused");
      return;
    }
    if (each instanceof HttpRequest request) {
      assertThat(
              request.headers().contains("Transfer-Encoding")
                  && request.headers().contains("Content-Length"))
          .isFalse();
      decoded.add(
          request.method()
              + " "
              + request.uri()
              + " "
              + request.protocolVersion()
              + " "
              + request.headers().entries());
    }
    if (each instanceof HttpContent part) {
      content.append(part.content().toString(StandardCharsets.ISO_8859_1));
    }
    if (each instanceof LastHttpContent) {
      decoded.add("content " + content);
      content.setLength(0);
    }
  }
}
