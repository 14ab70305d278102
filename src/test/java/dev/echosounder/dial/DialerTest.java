package dev.echosounder.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.echosounder.bus.Measure;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.IpChoice.Family;
import dev.echosounder.settings.Network;
import dev.echosounder.settings.TcpOptions;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.ScriptedTarget;
import dev.echosounder.testing.Waiting;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialerTest {

  private static final IpChoice WITH_FALLBACK = new IpChoice(Family.IP6, true);
  private static final IpChoice WITHOUT_FALLBACK = new IpChoice(Family.IP6, false);

  private final Vertx vertx = Vertx.vertx();
  private final ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
  private final Dialer dialer = new Dialer(context);
  private final Timeline timeline = Timeline.on();
  private final Deadline deadline = new Deadline(vertx, Probing.LONG);
  private AddressFilter filter = AddressFilter.ANY;
  private IpChoice ip = WITH_FALLBACK;
  private Optional<InetAddress> source = Optional.empty();
  private Visit visit;

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private static InetAddress address(String literal) {
    return Resolver.literal(literal).orElseThrow();
  }

  private Future<Channel> dial(boolean datagrams, int port, String... literals) {
    TcpOptions options = new TcpOptions(ip, source, false, TlsOptions.DEFAULT, List.of());
    visit =
        Visit.to(
            Probing.target("test:1", options, Probing.LONG, Map.of()), filter, deadline, timeline);
    List<InetAddress> addresses = List.of(literals).stream().map(DialerTest::address).toList();
    Promise<Channel> channel = Promise.promise();
    context.runOnContext(
        now ->
            (datagrams
                    ? dialer.dialDatagram("", addresses, port, source, visit)
                    : dialer.dial("", addresses, port, source, visit))
                .onComplete(channel));
    return channel.future();
  }

  private InetSocketAddress dialled(int port, String... literals) {
    return (InetSocketAddress) Waiting.on(dial(false, port, literals)).remoteAddress();
  }

  private ProbeFailure failure(int port, String... literals) {
    return (ProbeFailure)
        Waiting.on(
            dial(false, port, literals).transform(end -> Future.succeededFuture(end.cause())));
  }

  private double measured(Measure measure) {
    return visit.findings().conclude(Reason.OK).measures().get(measure);
  }

  private static int unusedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void nothing_is_dialled_after_the_deadline() {
    ScriptedTarget server = ScriptedTarget.http(vertx);
    deadline.end();

    assertThat(failure(server.port(), "127.0.0.1").reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(server.accepted()).isZero();
  }

  @Test
  void a_connection_is_closed_at_the_deadline() {
    ScriptedTarget server = ScriptedTarget.http(vertx);
    Waiting.on(dial(false, server.port(), "127.0.0.1"));
    await().untilAsserted(() -> assertThat(server.open()).isEqualTo(1));

    context.runOnContext(now -> deadline.end());

    await().untilAsserted(() -> assertThat(server.open()).isZero());
  }

  @ParameterizedTest
  // The values are what blackbox_exporter 0.23 made of these addresses.
  @CsvSource({"127.0.0.1, 4, 3668918509", "::1, 6, 1751717746", "::ffff:127.0.0.1, 4, 3668918509"})
  void the_address_is_measured_by_family_and_hash(String literal, int family, double hash)
      throws Exception {
    failure(unusedPort(), literal);

    assertThat(measured(Measure.IP_PROTOCOL)).isEqualTo(family);
    assertThat(measured(Measure.IP_ADDR_HASH)).isEqualTo(hash);
  }

  @Test
  void the_first_address_of_the_other_family_has_a_second_try_and_is_the_one_measured() {
    ScriptedTarget server = ScriptedTarget.http(vertx, "127.0.0.2");

    assertThat(dialled(server.port(), "::1", "127.0.0.2", "127.0.0.1").getAddress())
        .isEqualTo(address("127.0.0.2"));
    assertThat(measured(Measure.IP_PROTOCOL)).isEqualTo(4);
    assertThat(timeline.lines())
        .anyMatch(line -> line.contains("connecting to [::1]:" + server.port()))
        .anyMatch(line -> line.contains("not connected: refused"))
        .anyMatch(line -> line.contains("connecting to 127.0.0.2:" + server.port()))
        .anyMatch(line -> line.contains("connected from 127.0.0.1:"));
  }

  @Test
  void without_fallback_no_other_address_is_tried() {
    ScriptedTarget server = ScriptedTarget.http(vertx, "127.0.0.2");
    ip = WITHOUT_FALLBACK;

    assertThat(failure(server.port(), "::1", "127.0.0.2").reason()).isEqualTo(Reason.REFUSED);
    assertThat(server.accepted()).isZero();
  }

  @Test
  void another_address_of_the_same_family_is_not_tried() {
    ScriptedTarget server = ScriptedTarget.http(vertx, "127.0.0.2");

    assertThat(failure(server.port(), "127.0.0.3", "127.0.0.2").reason()).isEqualTo(Reason.REFUSED);
  }

  @Test
  void the_first_address_that_may_be_dialled_is() {
    ScriptedTarget server = ScriptedTarget.http(vertx, "0.0.0.0");
    filter =
        new AddressFilter(List.of(), List.of(Network.parse("127.0.0.2"), Network.parse("::1")));

    assertThat(dialled(server.port(), "::1", "127.0.0.2", "127.0.0.3").getAddress())
        .isEqualTo(address("127.0.0.3"));
  }

  @Test
  void the_second_try_is_held_to_the_filter_too() throws Exception {
    ScriptedTarget server = ScriptedTarget.http(vertx, "127.0.0.2");
    filter = new AddressFilter(List.of(), List.of(Network.parse("127.0.0.2")));

    assertThat(failure(server.port(), "::1", "127.0.0.2").reason()).isEqualTo(Reason.REFUSED);
    assertThat(server.accepted()).isZero();
  }

  @Test
  void where_no_address_may_be_dialled_it_is_blocked_and_told_which() {
    ScriptedTarget server = ScriptedTarget.http(vertx);
    filter = new AddressFilter(List.of(Network.parse("10.0.0.0/8")), List.of());

    ProbeFailure failure = failure(server.port(), "127.0.0.1", "::1");

    assertThat(failure.reason()).isEqualTo(Reason.BLOCKED);
    assertThat(failure.explanation()).contains("127.0.0.1, ::1");
    assertThat(server.accepted()).isZero();
  }

  @Test
  void a_source_address_is_dialled_from() throws Exception {
    CompletableFuture<String> peer = new CompletableFuture<>();
    ScriptedTarget server =
        ScriptedTarget.http(vertx).greet(socket -> peer.complete(remote(socket)));
    source = Optional.of(address("127.0.0.8"));

    dialled(server.port(), "127.0.0.1");

    assertThat(peer.get()).isEqualTo("127.0.0.8");
  }

  private static String remote(NetSocket socket) {
    return socket.remoteAddress().hostAddress();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "::1"})
  void a_source_address_that_cannot_be_had_is_unreachable_and_told(String literal) {
    ScriptedTarget server = ScriptedTarget.http(vertx);
    source = Optional.of(address(literal));

    ProbeFailure failure = failure(server.port(), "127.0.0.1");

    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure.explanation()).contains("unreachable from " + literal);
    assertThat(server.accepted()).isZero();
  }

  private static final class Received extends ChannelInboundHandlerAdapter {

    private final CompletableFuture<Object> first = new CompletableFuture<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      first.complete(((DatagramPacket) message).content().toString(StandardCharsets.US_ASCII));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      first.complete(ConnectionFailure.of(cause).reason());
    }
  }

  private Object answer(int port) throws Exception {
    Channel channel = Waiting.on(dial(true, port, "127.0.0.1"));
    Received received = new Received();
    PipelineEnd.addBefore(channel.pipeline(), received);
    channel.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
    channel.read();
    return received.first.get(Probing.LONG.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void datagrams_go_to_the_address_and_come_from_it() throws Exception {
    source = Optional.of(address("127.0.0.8"));
    DatagramSocket echo = vertx.createDatagramSocket();
    echo.handler(
        packet ->
            echo.send(
                packet.data() + " " + packet.sender().host(),
                packet.sender().port(),
                packet.sender().host()));
    Waiting.on(echo.listen(0, "127.0.0.1"));

    assertThat(answer(echo.localAddress().port())).isEqualTo("hello 127.0.0.8");
  }

  @Test
  void a_port_that_takes_no_datagrams_is_refused() throws Exception {
    int unused;
    try (java.net.DatagramSocket socket = new java.net.DatagramSocket()) {
      unused = socket.getLocalPort();
    }

    assertThat(answer(unused)).isEqualTo(Reason.REFUSED);
  }

  @Test
  void datagrams_are_held_to_the_filter() {
    filter = new AddressFilter(List.of(), List.of(Network.parse("127.0.0.0/8")));

    Throwable cause =
        Waiting.on(
            dial(true, 9, "127.0.0.1").transform(end -> Future.succeededFuture(end.cause())));

    assertThat(((ProbeFailure) cause).reason()).isEqualTo(Reason.BLOCKED);
  }
}
