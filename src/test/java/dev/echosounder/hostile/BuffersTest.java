package dev.echosounder.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.acceptance.LiveHeap;
import dev.echosounder.testing.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every buffer comes back, whatever a client sends and whenever it leaves. Netty follows each one
 * and reports those that nobody released once the collector has found them.
 */
class BuffersTest {

  private static final String PARANOID =
      "-Dio.netty.leakDetection.level=paranoid -Dio.netty.leakDetection.targetRecords=20"
          + " -Dio.netty.leakDetection.acquireAndReleaseOnly=true";

  /**
   * Asks of the service to have Netty look at what the collector found, at each buffer it makes.
   */
  private static final int LOOKS = 100;

  /** Files that come with the first use of something, such as a jar of the JDK. */
  private static final int FEW = 16;

  @TempDir private Path directory;
  private RunningService service;

  @BeforeEach
  void start() throws IOException {
    Path configuration =
        Files.writeString(
            directory.resolve("echosounder.yaml"), "http: {port: 0}\nmanagement: {port: 0}\n");
    service =
        RunningService.run(
            directory, Map.of("JAVA_TOOL_OPTIONS", PARANOID), "--config", configuration.toString());
    service.awaitStart();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void of_clients_that_leave_behind_every_input() throws Exception {
    List<String> inputs =
        Stream.concat(Hostile.all().stream().map(Hostile::bytes), Pipelined.TABLE.stream())
            .toList();
    double before = openFiles();
    for (String input : inputs) {
      leave(input, false);
      leave(input, true);
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> openFiles() <= before + FEW);
    provokeReports();
    assertThat(service.stdout()).noneMatch(line -> line.contains("LEAK"));
    assertThat(service.stderr()).noneMatch(line -> line.contains("LEAK"));
  }

  private double openFiles() throws IOException {
    return service.scrape().sum("process_files_open_files");
  }

  private void leave(String input, boolean abruptly) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.getOutputStream().write(input.getBytes(StandardCharsets.ISO_8859_1));
      socket.setSoLinger(abruptly, 0);
    } catch (SocketException refused) {
      // It was closed before it had sent all.
    }
  }

  private void provokeReports() throws IOException {
    for (int round = 0; round < 2; round++) {
      LiveHeap.bytes(service.process());
      for (int i = 0; i < LOOKS; i++) {
        service.get("/after");
      }
    }
  }
}
