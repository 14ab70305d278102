package dev.echosounder.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process holds; of Linux.
 *
 * @param resident memory, in MiB
 */
record Footprint(double resident, int descriptors, int threads) {

  static Footprint of(ProcessHandle process) throws IOException {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    String[] open = proc.resolve("fd").toFile().list();
    return new Footprint(
        status(proc, "VmRSS:") / 1024.0,
        open == null ? 0 : open.length,
        (int) status(proc, "Threads:"));
  }

  private static long status(Path proc, String name) throws IOException {
    return Files.readAllLines(proc.resolve("status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
