package dev.echosounder.hostile;

import static dev.echosounder.hostile.Bytes.hex;
import static dev.echosounder.hostile.RawTargets.end;
import static dev.echosounder.hostile.RawTargets.endless;
import static dev.echosounder.hostile.RawTargets.hold;

import dev.echosounder.bus.Reason;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.ScriptedTarget;
import io.vertx.core.net.NetSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What can be wrong with TLS. */
final class TlsFaults {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  private final RawTargets targets;
  private final List<Fault> faults = new ArrayList<>();

  private TlsFaults(RawTargets targets) {
    this.targets = targets;
  }

  static List<Fault> of(RawTargets targets, Authority authority) throws Exception {
    TlsFaults faults = new TlsFaults(targets);
    faults.certificates(authority);
    faults.handshakes();
    faults.afterIt(authority.issue("127.0.0.1"));
    return faults.faults;
  }

  private void at(String name, int port, Reason reason) {
    faults.add(new Fault("tls", name, "https://127.0.0.1:" + port + "/", "", reason));
  }

  private void certificates(Authority authority) throws Exception {
    Instant now = Instant.now();
    good(
        "expired",
        authority.issue(now.minusSeconds(200), now.minusSeconds(100), "127.0.0.1"),
        Reason.TLS_EXPIRED);
    good(
        "not valid yet",
        authority.issue(now.plusSeconds(1000), now.plusSeconds(2000), "127.0.0.1"),
        Reason.TLS_EXPIRED);
    good("for another name", authority.issue("elsewhere.example"), Reason.TLS_HOSTNAME);
    good("for another address", authority.issue("127.0.0.2"), Reason.TLS_HOSTNAME);
    good("of an unknown authority", new Authority().issue("127.0.0.1"), Reason.TLS);
    good(
        "of an unknown authority, alone",
        new Authority().issue("127.0.0.1").withoutAuthority(),
        Reason.TLS);
  }

  private void good(String name, Identity identity, Reason reason) {
    at("certificate " + name, targets.https(identity, end(OK)), reason);
  }

  private void raw(String name, Consumer<NetSocket> script, Reason reason) {
    at(name, targets.answering(script), reason);
  }

  private void handshakes() {
    raw("silent after the hello", socket -> {}, Reason.TIMEOUT);
    raw("drip of a record", targets.drip("\u0016\u0003\u0003@\u0000", "\u0002"), Reason.TIMEOUT);
    raw("end after the hello", end(""), Reason.RESET);
    raw("reset after the hello", ScriptedTarget::resetNow, Reason.RESET);
    raw("HTTP in the clear", end("HTTP/1.1 400 Bad Request\r\n\r\n"), Reason.TLS);
    raw("SSH", hold("SSH-2.0-OpenSSH_9.2\r\n"), Reason.TLS);
    raw("garbage", hold(hex("deadbeefdeadbeef")), Reason.TLS);
    raw("alert: handshake failure", hold(hex("15030300020228")), Reason.TLS);
    raw("alert: protocol version", hold(hex("15030300020246")), Reason.TLS);
    raw("alert: internal error", hold(hex("15030300020250")), Reason.TLS);
    raw("alert: unrecognized name", hold(hex("15030300020270")), Reason.TLS);
    raw("alert: certificate required", hold(hex("15030300020274")), Reason.TLS);
    raw("alert: close notify", hold(hex("15030300020100")), Reason.TLS);
    raw("alert of no known number", hold(hex("150303000202ff")), Reason.TLS);
    raw("endless warnings", endless("", "\u0015\u0003\u0003\u0000\u0002\u0001Z"), Reason.TIMEOUT);
    raw("endless empty records", endless("", "\u0016\u0003\u0003\u0000\u0000"), Reason.TLS);
    raw("record of no known type", hold(hex("63030300020000")), Reason.TIMEOUT);
    raw("record of 65,535 bytes", endless("\u0016\u0003\u0003\u00ff\u00ff", "a"), Reason.TLS);
    raw(
        "handshake message of 16 MiB",
        endless("\u0016\u0003\u0003@\u0000\u0002\u00ff\u00ff\u00ff", "a"),
        Reason.TLS);
    raw("server hello of SSL 3.0", hold(hello("0300", "002f")), Reason.TLS);
    raw("server hello of TLS 1.0", hold(hello("0301", "002f")), Reason.TLS);
    raw("server hello of TLS 9.9", hold(hello("0909", "1301")), Reason.TLS);
    raw("server hello with a null cipher", hold(hello("0303", "0000")), Reason.TLS);
    raw("server hello with a cipher not offered", hold(hello("0303", "000a")), Reason.TLS);
    raw("server hello cut off", end(hex("160303003a02000036")), Reason.RESET);
    raw("certificate before the hello", hold(hex("16030300070b000003000000")), Reason.TLS);
    raw("finished at once", hold(hex("1603030010140000 0c000000000000000000000000")), Reason.TLS);
    raw("change of the cipher at once", hold(hex("140303000101")), Reason.TLS);
    raw("data at once", hold(hex("17030300050102030405")), Reason.TLS);
  }

  private static byte[] hello(String version, String cipher) {
    return hex(
        "16" + "0303" + "002a" + "02000026" + version + "11".repeat(32) + "00" + cipher + "00");
  }

  private void afterIt(Identity identity) {
    at("silent after the handshake", targets.https(identity, socket -> {}), Reason.TIMEOUT);
    at("end after the handshake", targets.https(identity, end("")), Reason.RESET);
    at(
        "reset after the handshake",
        targets.https(identity, ScriptedTarget::resetNow),
        Reason.RESET);
    at(
        "end in the body",
        targets.https(identity, end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1")),
        Reason.RESET);
    at("another protocol inside", targets.https(identity, end("+OK POP3\r\n")), Reason.PROTOCOL);
  }
}
