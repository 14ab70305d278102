package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Reason;
import dev.echosounder.dial.Deadline;
import dev.echosounder.dial.Dialer;
import dev.echosounder.dial.PipelineEnd;
import dev.echosounder.dial.ProbeFailure;
import dev.echosounder.dial.Timeline;
import dev.echosounder.dial.Tls;
import dev.echosounder.dial.Trust;
import dev.echosounder.dial.Visit;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Http2ConnectionTest {

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
  private final Dialer dialer = new Dialer(context);
  private final List<String> events = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  @Test
  void a_request_is_answered_on_the_stream() {
    int port = serve(new HttpServerOptions(), request -> request.response().end("hello"));

    ask(dial(port));

    await().untilAsserted(() -> assertThat(events).containsExactly("200", "hello", "closed"));
  }

  @Test
  void a_request_is_answered_over_tls() throws Exception {
    Authority authority = new Authority();
    Identity identity = authority.issue("127.0.0.1");
    HttpServerOptions secure =
        new HttpServerOptions()
            .setSsl(true)
            .setUseAlpn(true)
            .setAlpnVersions(List.of(HttpVersion.HTTP_2))
            .setKeyCertOptions(
                new PfxOptions()
                    .setValue(Buffer.buffer(identity.pkcs12()))
                    .setPassword(Identity.PASSWORD));
    int port = serve(secure, request -> request.response().end("hello"));
    Tls tls = new Tls(context, Trust.load(Optional.of(authority.trusted())));

    ask(
        visit ->
            dial(port)
                .visit(visit)
                .compose(
                    channel ->
                        tls.handshake(
                            channel, "127.0.0.1", port, TlsOptions.DEFAULT, List.of("h2"), visit)));

    await().untilAsserted(() -> assertThat(events).containsExactly("200", "hello", "closed"));
  }

  @Test
  void a_stream_that_the_server_resets_ends() {
    int port = serve(new HttpServerOptions(), request -> request.response().reset(2));

    ask(dial(port));

    await().untilAsserted(() -> assertThat(events).containsExactly("closed"));
  }

  @Test
  void a_stream_ends_with_its_connection() {
    int port = serve(new HttpServerOptions(), request -> request.connection().close());

    ask(dial(port));

    await().untilAsserted(() -> assertThat(events).containsExactly("closed"));
  }

  @Test
  void what_is_not_http_2_is_a_failure_of_the_protocol() {
    try (ScriptedTarget other = ScriptedTarget.http(vertx)) {
      other.greet(socket -> socket.write("SSH-2.0-OpenSSH_9.2p1 and some more bytes\r\n"));

      ask(dial(other.port()));

      await()
          .untilAsserted(
              () -> assertThat(events).containsExactly(Reason.PROTOCOL.label(), "closed"));
    }
  }

  @Test
  void a_stream_that_goaway_leaves_out_ends() {
    try (ScriptedTarget leaving = ScriptedTarget.http(vertx)) {
      String settings = "000000" + "04" + "00" + "00000000";
      String goAwayBeforeAnyStream = "000008" + "07" + "00" + "00000000" + "00000000" + "00000000";
      byte[] frames = HexFormat.of().parseHex(settings + goAwayBeforeAnyStream);
      leaving.greet(socket -> socket.write(Buffer.buffer(frames)));
      // The preface is a request to it, which it would answer in text.
      leaving.on("*", ScriptedTarget.silent());

      ask(dial(leaving.port()));

      // Netty refuses the stream itself where the frame comes before the request.
      await().untilAsserted(() -> assertThat(events).endsWith("closed"));
      assertThat(events).isSubsetOf(Reason.RESET.label(), "closed");
    }
  }

  @Test
  void headers_without_end_are_a_failure_of_the_protocol() {
    int port =
        serve(
            new HttpServerOptions(),
            request -> request.response().putHeader("x-large", "x".repeat(80_000)).end());

    ask(dial(port));

    await()
        .untilAsserted(() -> assertThat(events).containsExactly(Reason.PROTOCOL.label(), "closed"));
  }

  @Test
  void a_connection_that_is_hung_up_closes_at_once_in_the_middle_of_a_stream() {
    try (ScriptedTarget silent = ScriptedTarget.http(vertx)) {
      silent.on("*", ScriptedTarget.silent());
      Channel connection = Waiting.on(ask(dial(silent.port())));
      Dialer.hangUp(connection);

      await().untilAsserted(() -> assertThat(silent.open()).isZero());
      assertThat(events).containsExactly("closed");
    }
  }

  private int serve(HttpServerOptions options, Handler<HttpServerRequest> answers) {
    HttpServer server = vertx.createHttpServer(options).requestHandler(answers);
    return Waiting.on(server.listen(0, "127.0.0.1")).actualPort();
  }

  /** How a connection is made. */
  private interface Way {
    Future<Channel> visit(Visit visit);
  }

  private Way dial(int port) {
    return visit ->
        dialer.dial("", List.of(InetAddress.getLoopbackAddress()), port, Optional.empty(), visit);
  }

  private Future<Channel> ask(Way way) {
    Deadline deadline = new Deadline(vertx, Probing.LONG);
    Visit visit =
        Visit.to(Probing.target("http://127.0.0.1/"), AddressFilter.ANY, deadline, Timeline.off());
    return context
        .<Void>succeededFuture(null)
        .compose(
            now ->
                way.visit(visit)
                    .compose(
                        connection ->
                            new Http2Connection(context)
                                .openStream(connection)
                                .onSuccess(this::request)
                                .map(connection)));
  }

  private void request(Channel stream) {
    PipelineEnd.addBefore(stream.pipeline(), new Events());
    stream.writeAndFlush(new DefaultHttp2HeadersFrame(question(), true));
    stream.config().setAutoRead(true);
  }

  private static Http2Headers question() {
    return new DefaultHttp2Headers().method("GET").scheme("http").authority("a").path("/");
  }

  private final class Events extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof Http2HeadersFrame headers) {
        events.add(headers.headers().status().toString());
      } else if (message instanceof Http2DataFrame data && data.content().isReadable()) {
        events.add(data.content().toString(StandardCharsets.UTF_8));
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      events.add("closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      events.add(((ProbeFailure) cause).reason().label());
    }
  }
}
