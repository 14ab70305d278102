package dev.echosounder.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time that processes have used, in seconds, to a hundredth; of Linux. */
final class CpuTime {

  /** Clock ticks a second of {@code /proc}: 100 on every Linux of today, see sysconf(3). */
  static final double TICKS = 100;

  private static final int UTIME = 11;

  private CpuTime() {}

  /** What a process and all that it started, still running or waited for, have used. */
  static double ofTree(ProcessHandle process) throws IOException {
    double sum = of(process);
    for (ProcessHandle child : process.descendants().toList()) {
      sum += of(child);
    }
    return sum;
  }

  private static double of(ProcessHandle process) throws IOException {
    try {
      return parse(Files.readString(Path.of("/proc/" + process.pid() + "/stat")));
    } catch (NoSuchFileException e) {
      // It has ended since it was listed: its parent has its time.
      return 0;
    }
  }

  /** The sum of utime, stime, cutime and cstime of proc_pid_stat(5). */
  static double parse(String stat) {
    // The name in parentheses may hold anything; the third field follows the last parenthesis.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Stream.of(fields).skip(UTIME).limit(4).mapToLong(Long::parseLong).sum() / TICKS;
  }
}
