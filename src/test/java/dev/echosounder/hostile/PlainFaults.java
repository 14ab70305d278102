package dev.echosounder.hostile;

import static dev.echosounder.hostile.Bytes.field;
import static dev.echosounder.hostile.Bytes.frame;
import static dev.echosounder.hostile.Bytes.join;
import static dev.echosounder.hostile.RawTargets.end;
import static dev.echosounder.hostile.RawTargets.endless;
import static dev.echosounder.hostile.RawTargets.hold;

import dev.echosounder.bus.Reason;
import dev.echosounder.testing.ScriptedTarget;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What servers do that are probed over TCP, DNS or gRPC, and what the network does before them. */
final class PlainFaults {

  static final String MODULES =
      """
        tcp: {prober: tcp}
        tcp_elsewhere: {prober: tcp, tcp: {source_ip_address: 192.0.2.1}}
        tcp_tls: {prober: tcp, tcp: {tls: true}}
        smtp: {prober: tcp, tcp: {query_response: [{expect: "^220"}, {send: EHLO}, {expect: "^250"}]}}
        bytes: {prober: tcp, tcp: {query_response: [{expect_bytes: hello}]}}
        starttls: {prober: tcp, tcp: {query_response: [{expect: "^220"}, {send: STARTTLS}, {expect: "^220"}, {starttls: true}]}}
        slow_line: {prober: tcp, tcp: {query_response: [{expect: "[a-z]{1,200}0"}]}}
        dns_udp: {prober: dns, dns: {query_name: example.test, query_type: A}}
        dns_tcp: {prober: dns, dns: {query_name: example.test, query_type: A, transport_protocol: tcp}}
        dns_tls: {prober: dns, dns: {query_name: example.test, query_type: A, transport_protocol: tcp, dns_over_tls: true}}
        grpc: {prober: grpc}
        grpc_tls: {prober: grpc, grpc: {tls: true}}
      """;

  private final RawTargets targets;
  private final List<Fault> faults = new ArrayList<>();

  private PlainFaults(RawTargets targets) {
    this.targets = targets;
  }

  /**
   * The faults.
   *
   * @param closed a port where nobody listens
   * @param full a port whose listener takes no more connections, so that the kernel drops what
   *     comes
   */
  static List<Fault> of(RawTargets targets, int closed, int full) {
    PlainFaults faults = new PlainFaults(targets);
    faults.network(closed, full);
    faults.tcp();
    faults.dns();
    faults.grpc();
    return faults.faults;
  }

  private void at(String kind, String name, int port, String module, Reason reason) {
    String url = (kind.equals("http") ? "http://" : "") + "127.0.0.1:" + port;
    faults.add(new Fault(kind, name, url, "module: " + module, reason));
  }

  private void network(int closed, int full) {
    at("http", "refused", closed, "http_2xx", Reason.REFUSED);
    at("tcp", "refused", closed, "tcp", Reason.REFUSED);
    at("dns", "refused over TCP", closed, "dns_tcp", Reason.REFUSED);
    at("dns", "refused over UDP", closed, "dns_udp", Reason.REFUSED);
    at("grpc", "refused", closed, "grpc", Reason.REFUSED);
    at("http", "black hole", full, "http_2xx", Reason.TIMEOUT);
    at("tcp", "black hole", full, "tcp", Reason.TIMEOUT);
    at("dns", "black hole", full, "dns_tcp", Reason.TIMEOUT);
    at("grpc", "black hole", full, "grpc", Reason.TIMEOUT);
    at("tcp", "no route from there", full, "tcp_elsewhere", Reason.UNREACHABLE);
  }

  private void tcp(String name, Consumer<NetSocket> script, String module, Reason reason) {
    at("tcp", name, targets.greeting(script), module, reason);
  }

  private void tcp() {
    tcp("silent", socket -> {}, "smtp", Reason.TIMEOUT);
    tcp("silent after the greeting", hold("220 a\r\n"), "smtp", Reason.TIMEOUT);
    tcp("drip of a line", targets.drip("2", "20 greetings without an end"), "smtp", Reason.TIMEOUT);
    tcp("endless line", endless("", "a"), "smtp", Reason.PROTOCOL);
    tcp("endless lines", endless("", "100 not it\r\n"), "smtp", Reason.BODY_LIMIT);
    tcp("end at once", end(""), "smtp", Reason.ASSERTION);
    tcp("end within the line", end("22"), "smtp", Reason.ASSERTION);
    tcp("end after the greeting", end("220 a\r\n"), "smtp", Reason.ASSERTION);
    tcp("reset at once", ScriptedTarget::resetNow, "smtp", Reason.RESET);
    tcp("other bytes", hold("help!"), "bytes", Reason.ASSERTION);
    tcp("too few bytes", end("hel"), "bytes", Reason.ASSERTION);
    tcp("bytes that stop", hold("hel"), "bytes", Reason.TIMEOUT);
    tcp("TLS that is none", hold("220 plain\r\n"), "tcp_tls", Reason.TLS);
    tcp("TLS that is silent", socket -> {}, "tcp_tls", Reason.TIMEOUT);
    tcp(
        "more before TLS begins",
        hold("220 a\r\n220 go\r\n220 injected\r\n"),
        "starttls",
        Reason.PROTOCOL);
    tcp("end before TLS begins", end("220 a\r\n220 go\r\n"), "starttls", Reason.RESET);
    tcp(
        "lines on which the expression takes long",
        endless("", "abcdefgh".repeat(5000) + "\n"),
        "slow_line",
        Reason.TIMEOUT);
    tcp("zero bytes", hold("\0\0\0\n"), "smtp", Reason.TIMEOUT);
  }

  private void dns() {
    at("dns", "silent", targets.answering(socket -> {}), "dns_tcp", Reason.TIMEOUT);
    at("dns", "end", targets.answering(end("")), "dns_tcp", Reason.RESET);
    at("dns", "reset", targets.answering(ScriptedTarget::resetNow), "dns_tcp", Reason.RESET);
    at(
        "dns",
        "length without a message",
        targets.answering(hold(Bytes.hex("ffff"))),
        "dns_tcp",
        Reason.TIMEOUT);
    at(
        "dns",
        "drip",
        targets.answering(targets.drip("\u00ff\u00ff", "a")),
        "dns_tcp",
        Reason.TIMEOUT);
    at(
        "dns",
        "empty message",
        targets.answering(hold(Bytes.hex("0000"))),
        "dns_tcp",
        Reason.PROTOCOL);
    at(
        "dns",
        "HTTP",
        targets.answering(end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")),
        "dns_tcp",
        Reason.RESET);
    at("dns", "TLS that is none", targets.answering(hold("no TLS")), "dns_tls", Reason.TLS);
  }

  private void grpc(String name, Consumer<NetSocket> script, Reason reason) {
    at("grpc", name, targets.http2(script), "grpc", reason);
  }

  private void grpc() {
    byte[] settings = frame(4, 0, 0, new byte[0]);
    byte[] ok =
        frame(1, 4, 3, join(new byte[] {(byte) 0x88}, field("content-type", "application/grpc")));
    grpc("silent", socket -> {}, Reason.TIMEOUT);
    grpc("silent after the settings", hold(settings), Reason.TIMEOUT);
    grpc("silent after the headers", hold(join(settings, ok)), Reason.TIMEOUT);
    grpc("end", end(""), Reason.RESET);
    grpc("end after the settings", end(settings), Reason.RESET);
    grpc("end after the headers", end(join(settings, ok)), Reason.RESET);
    grpc("reset", ScriptedTarget::resetNow, Reason.RESET);
    grpc("HTTP/1.1", end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), Reason.PROTOCOL);
    grpc("GOAWAY", hold(join(settings, frame(7, 0, 0, new byte[8]))), Reason.RESET);
    grpc("RST_STREAM", hold(join(settings, frame(3, 0, 3, new byte[4]))), Reason.RESET);
    String pings = latin1(frame(6, 0, 0, new byte[8]));
    grpc("endless pings", endless(latin1(settings), pings), Reason.PROTOCOL);
    grpc("endless settings", endless("", latin1(settings)), Reason.PROTOCOL);
    grpc(
        "endless data",
        endless(latin1(join(settings, ok)), latin1(frame(0, 0, 3, new byte[1000]))),
        Reason.BODY_LIMIT);
    grpc(
        "endless empty data",
        endless(latin1(join(settings, ok)), latin1(frame(0, 0, 3, new byte[0]))),
        Reason.PROTOCOL);
    byte[] open = frame(1, 0, 3, new byte[] {(byte) 0x88});
    grpc(
        "endless continuations",
        endless(
            latin1(join(settings, open)), latin1(frame(9, 0, 3, field("x-a", "b".repeat(100))))),
        Reason.PROTOCOL);
    grpc(
        "endless empty continuations",
        endless(latin1(join(settings, open)), latin1(frame(9, 0, 3, new byte[0]))),
        Reason.PROTOCOL);
    grpc("window of nothing", hold(frame(4, 0, 0, Bytes.hex("000400000000"))), Reason.TIMEOUT);
    at("grpc", "TLS that is none", targets.answering(hold("no TLS")), "grpc_tls", Reason.TLS);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
