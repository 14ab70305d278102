package dev.echosounder.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class OutOfMemoryTest {

  @ParameterizedTest
  @CsvSource({"caught, 3", "wrapped, 3", "uncaught, 3", "buffers, 0"})
  void a_process_whose_memory_has_run_out_ends(String how, int exitCode) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                how)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String complaint = complaint(process);

    assertThat(process.waitFor()).isEqualTo(exitCode);
    assertThat(complaint.startsWith("Out of memory: the process ends.")).isEqualTo(exitCode == 3);
  }

  private static String complaint(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** A program that goes on after its memory has run out, if it can. */
  static final class Victim {

    private Victim() {}

    public static void main(String[] args) throws InterruptedException {
      OutOfMemory.endsTheProcess();
      switch (args[0]) {
        case "caught" -> log(new OutOfMemoryError("Java heap space"));
        case "wrapped" -> log(new IllegalStateException(new OutOfMemoryError("Java heap space")));
        case "buffers" -> log(new OutOfBuffers());
        default -> {
          Thread thread = new Thread(Victim::exhaust);
          thread.start();
          thread.join();
        }
      }
      System.exit(0);
    }

    // At a level that is off, as those of libraries are.
    private static void log(Throwable caught) {
      LoggerFactory.getLogger("io.netty").debug("caught", caught);
    }

    private static void exhaust() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  private static final class OutOfBuffers extends OutOfMemoryError {
    private static final long serialVersionUID = 1;
  }
}
