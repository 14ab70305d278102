package dev.echosounder.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echosounder.bus.Page;
import dev.echosounder.bus.Scrape;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageBodyTest {

  private static final Scrape TEXT = new Scrape(false, false);

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** In parts from one byte to more than a piece. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, Pieces.SIZE - 1, Pieces.SIZE, Pieces.SIZE + 1, 5 * Pieces.SIZE})
  void what_is_written_is_the_page_wherever_its_pieces_end(int size) throws IOException {
    byte[] bytes = random(size);

    Page page =
        PageBody.of(
            TEXT,
            out -> {
              int part = 1;
              for (int from = 0; from < size; from += part) {
                part = Math.min(part * 3, size - from);
                out.write(bytes, from, part);
              }
              out.write('\n');
            });

    assertThat(page.length()).isEqualTo(size + 1L);
    assertThat(page.pieces()).allMatch(piece -> piece.isReadable() && piece.isDirect());
    assertThat(PageCopy.of(page).body()).isEqualTo(Buffer.buffer(bytes).appendByte((byte) '\n'));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_page_that_breaks_off_gives_its_memory_back(boolean gzip) {
    long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();

    assertThatThrownBy(
            () ->
                PageBody.of(
                    new Scrape(false, gzip),
                    out -> {
                      out.write(random(5 * Pieces.SIZE));
                      throw new IllegalStateException("a defect of a collector");
                    }))
        .hasMessage("a defect of a collector");

    assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory()).isEqualTo(before);
  }
}
