package dev.echosounder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How many processors were busy on average with what is not of this benchmark, other guests of the
 * host included, since a moment. Interrupts are left out: they are nobody's.
 */
final class ForeignLoad {

  // Of the columns of proc_stat(5): user, nice, system and steal.
  private static final int[] BUSY = {0, 1, 2, 7};

  private final long begin = System.nanoTime();
  private final double busy = busy();
  private final double own = own();

  /** Since now. */
  ForeignLoad() throws IOException {}

  /** In processors; slightly off in a short time, since ticks are counted. */
  double processors() throws IOException {
    double seconds = (System.nanoTime() - begin) / 1e9;
    return Math.max(0, (busy() - busy - (own() - own)) / seconds);
  }

  private static double own() throws IOException {
    return CpuTime.ofTree(ProcessHandle.current());
  }

  private static double busy() throws IOException {
    String all = Files.readAllLines(Path.of("/proc/stat")).get(0);
    long[] ticks = Stream.of(all.split(" +")).skip(1).mapToLong(Long::parseLong).toArray();
    return LongStream.range(0, BUSY.length).map(i -> ticks[BUSY[(int) i]]).sum() / CpuTime.TICKS;
  }
}
