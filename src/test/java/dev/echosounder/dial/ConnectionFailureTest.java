package dev.echosounder.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Reason;
import io.netty.channel.ChannelException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ConnectionFailureTest {

  @Test
  void a_socket_that_cannot_be_had_here_says_nothing_about_the_peer() {
    Throwable failure =
        new ChannelException("Failed to open a socket.", new IOException("Too many open files"));

    assertThat(ConnectionFailure.of(failure).reason()).isEqualTo(Reason.OVERLOAD);
  }
}
