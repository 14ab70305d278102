package dev.echosounder.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Reason;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.Target;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DialerTest {

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
  private final Dialer dialer = new Dialer(context);

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  @Test
  void nothing_is_dialled_after_the_deadline() {
    ScriptedTarget server = ScriptedTarget.http(vertx);
    Target target = Probing.target(server.url("/"));
    Deadline over = new Deadline(vertx, Probing.LONG);
    over.end();

    Promise<Throwable> failure = Promise.promise();
    context.runOnContext(
        now -> {
          Future<Channel> dialled =
              dialer.dial(
                  List.of(InetAddress.getLoopbackAddress()),
                  server.port(),
                  Optional.empty(),
                  Visit.to(target, AddressFilter.ANY, over, Timeline.off()));
          dialled.onFailure(failure::complete);
        });

    assertThat(Waiting.on(failure.future()))
        .isInstanceOfSatisfying(
            ProbeFailure.class,
            expected -> assertThat(expected.reason()).isEqualTo(Reason.TIMEOUT));
    assertThat(server.accepted()).isZero();
  }
}
