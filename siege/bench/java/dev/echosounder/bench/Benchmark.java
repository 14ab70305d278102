package dev.echosounder.bench;

import java.nio.file.Path;

/** One command. */
interface Benchmark {

  /**
   * Measures.
   *
   * @param directory for files of its own, empty
   * @param report takes what was found
   */
  void run(Options options, Path directory, Report report) throws Exception;
}
