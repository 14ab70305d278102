package dev.echosounder.connection;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.echosounder.bus.Stage;
import dev.echosounder.http.RunningHttp;
import dev.echosounder.testing.TestSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ResetConnectionTest {

  private static final String FAST = "GET /fast HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String SLOW = "GET /slow?delay=30s HTTP/1.1\r\nHost: a\r\n\r\n";

  private final RunningHttp http = new RunningHttp(new TestSettings().build());
  private final Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
  private final Lines lines = new Lines();

  private static final class Lines extends AppenderBase<ILoggingEvent> {

    private final List<String> said = new CopyOnWriteArrayList<>();

    @Override
    protected void append(ILoggingEvent event) {
      said.add(event.getFormattedMessage());
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    netty.addAppender(lines);
  }

  @AfterEach
  void stop() {
    netty.detachAppender(lines);
    http.close();
  }

  /** Vert.x knows the second request and has no response of it yet. */
  @Test
  void a_reset_while_a_second_request_waits_ends_the_first_and_is_no_news() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      String requests = FAST + SLOW + SLOW;
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      socket.setSoLinger(true, 0);
    }

    http.enter(Stage.DRAINED);
    assertThat(lines.said).isEmpty();
  }
}
