package dev.echosounder.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used up; of Linux.
 *
 * @param cpu processor time since its start
 * @param resident memory now, in MiB
 */
record ProcessFigures(Duration cpu, long resident) {

  static ProcessFigures of(ProcessHandle process) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(each -> each.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    long kibibytes = Long.parseLong(line.replaceAll("\\D", ""));
    return new ProcessFigures(process.info().totalCpuDuration().orElseThrow(), kibibytes >> 10);
  }

  @Override
  public String toString() {
    return "CPU %.1f s, resident %d MiB".formatted(cpu.toMillis() / 1e3, resident);
  }
}
