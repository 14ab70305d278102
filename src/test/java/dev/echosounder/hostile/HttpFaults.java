package dev.echosounder.hostile;

import static dev.echosounder.hostile.Bytes.gzip;
import static dev.echosounder.hostile.Bytes.join;
import static dev.echosounder.hostile.Bytes.latin1;
import static dev.echosounder.hostile.RawTargets.end;
import static dev.echosounder.hostile.RawTargets.endless;
import static dev.echosounder.hostile.RawTargets.hold;

import dev.echosounder.bus.Reason;
import dev.echosounder.testing.ScriptedTarget;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/** What a web server can do to its prober. */
final class HttpFaults {

  static final String MODULES =
      """
        gz: {prober: http, http: {compression: gzip}}
        deflate: {prober: http, http: {compression: deflate}}
        br: {prober: http, http: {compression: br}}
        needle: {prober: http, http: {fail_if_body_not_matches_regexp: [needle]}}
        slow_match: {prober: http, http: {fail_if_body_not_matches_regexp: ["[a-z]{1,200}0"]}}
        cel: {prober: http, http: {fail_if_body_json_not_matches_cel: "body.all.all(a, body.all.all(b, a + b >= 0.0))"}}
        small: {prober: http, http: {body_size_limit: 64KiB}}
        post: {prober: http, http: {method: POST, body: secret}}
      """;

  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String SOME = OK + "Content-Length: 10\r\n\r\n12345";
  private static final int MIB = 1 << 20;

  private final RawTargets targets;
  private final List<Fault> faults = new ArrayList<>();

  private HttpFaults(RawTargets targets) {
    this.targets = targets;
  }

  static List<Fault> of(RawTargets targets) {
    HttpFaults faults = new HttpFaults(targets);
    faults.stuck();
    faults.withoutEnd();
    faults.broken();
    faults.bombs();
    faults.redirects();
    return faults.faults;
  }

  private void on(String name, Consumer<NetSocket> script, String keys, Reason reason) {
    String url = "http://127.0.0.1:" + targets.http(script) + "/";
    faults.add(new Fault("http", name, url, keys, reason));
  }

  private void on(String name, Consumer<NetSocket> script, Reason reason) {
    on(name, script, "", reason);
  }

  private void stuck() {
    on("silent after the request", socket -> {}, Reason.TIMEOUT);
    on("silent after half of the status line", hold("HTTP/1.1 2"), Reason.TIMEOUT);
    on("silent within the headers", hold(OK + "X-A: b\r\n"), Reason.TIMEOUT);
    on("silent within the body", hold(SOME), Reason.TIMEOUT);
    on(
        "silent within a chunk",
        hold(OK + "Transfer-Encoding: chunked\r\n\r\nA\r\n123"),
        Reason.TIMEOUT);
    on("no end of a body without a length", hold(OK + "\r\nbody"), Reason.TIMEOUT);
    on("an interim answer and no other", hold("HTTP/1.1 100 Continue\r\n\r\n"), Reason.TIMEOUT);
    on("drip in the status line", targets.drip("H", "TTP/1.1 200 OK"), Reason.TIMEOUT);
    on("drip in the headers", targets.drip(OK, "X-A: b\r\n"), Reason.TIMEOUT);
    on("drip in the body", targets.drip(OK + "Content-Length: 99999\r\n\r\n", "."), Reason.TIMEOUT);
    on(
        "drip of chunks",
        targets.drip(OK + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n.\r\n"),
        Reason.TIMEOUT);
    on("drip of interim answers", targets.drip("", "HTTP/1.1 102 P\r\n\r\n"), Reason.TIMEOUT);
    on("pause of the receive window", NetSocket::pause, Reason.TIMEOUT);
  }

  private void withoutEnd() {
    on("endless status line", endless("HTTP/1.1 200 ", "a"), Reason.PROTOCOL);
    on("endless header line", endless(OK + "X: ", "a"), Reason.PROTOCOL);
    on("endless headers", endless(OK, "X-A: b\r\n"), Reason.PROTOCOL);
    on("endless interim answers", endless("", "HTTP/1.1 103 Early Hints\r\n\r\n"), Reason.PROTOCOL);
    on(
        "endless interim answers with headers",
        endless("", "HTTP/1.1 103 E\r\nLink: <a>\r\n\r\n"),
        Reason.PROTOCOL);
    on("endless body that nothing asks for", endless(OK + "\r\n", "body"), Reason.TIMEOUT);
    on(
        "endless body that is matched",
        endless(OK + "\r\n", "body"),
        "module: needle",
        Reason.BODY_LIMIT);
    on(
        "endless body beyond the limit",
        endless(OK + "\r\n", "body"),
        "module: small",
        Reason.BODY_LIMIT);
    on(
        "endless chunks",
        endless(OK + "Transfer-Encoding: chunked\r\n\r\n", "4\r\nbody\r\n"),
        "module: small",
        Reason.BODY_LIMIT);
    on(
        "endless chunk extension",
        endless(OK + "Transfer-Encoding: chunked\r\n\r\n4;a=", "b"),
        Reason.PROTOCOL);
    on(
        "endless trailers",
        endless(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-A: b\r\n"),
        Reason.PROTOCOL);
    on("endless empty lines first", endless("", "\r\n"), Reason.PROTOCOL);
  }

  private void broken() {
    on("end at once", end(""), Reason.RESET);
    on("end in the status line", end("HTTP/1.1 2"), Reason.RESET);
    on("end in the headers", end(OK + "Content-Le"), Reason.RESET);
    on("end in the body", end(SOME), Reason.RESET);
    on("end in a chunk", end(OK + "Transfer-Encoding: chunked\r\n\r\nA\r\n123"), Reason.RESET);
    on(
        "end before the last chunk",
        end(OK + "Transfer-Encoding: chunked\r\n\r\n3\r\n123\r\n"),
        Reason.RESET);
    on("end after an interim answer", end("HTTP/1.1 100 Continue\r\n\r\n"), Reason.RESET);
    on("reset at once", ScriptedTarget::resetNow, Reason.RESET);
    on("reset in the status line", reset("HTTP/1"), Reason.RESET);
    on("reset in the headers", reset(OK + "X-A: "), Reason.RESET);
    on("reset in the body", reset(SOME), Reason.RESET);
    on("reset in a chunk", reset(OK + "Transfer-Encoding: chunked\r\n\r\n5\r\n12"), Reason.RESET);
    on("another protocol: SSH", end("SSH-2.0-OpenSSH_9.2\r\n"), Reason.PROTOCOL);
    on("another protocol: SMTP", end("220 mail.example ESMTP\r\n"), Reason.PROTOCOL);
    on("garbage", end(Bytes.hex("00ff00ff0d0a0d0a8081828384")), Reason.PROTOCOL);
    on(
        "an answer over TLS to a question in the clear",
        end(Bytes.hex("15030300020246")),
        Reason.PROTOCOL);
  }

  private static Consumer<NetSocket> reset(String bytes) {
    return socket -> ScriptedTarget.reset(bytes).play(socket);
  }

  private void bombs() {
    byte[] zeros = gzip(new byte[64 * MIB]);
    on("gzip bomb", coded("gzip", zeros), "module: gz", Reason.BODY_LIMIT);
    on(
        "gzip bomb in a gzip",
        coded("gzip, gzip", gzip(gzip(zeros))),
        "module: gz, http: {fail_if_body_not_matches_regexp: [needle]}",
        Reason.ASSERTION);
    on(
        "deflate bomb",
        coded("deflate", Bytes.deflate(new byte[64 * MIB])),
        "module: deflate",
        Reason.BODY_LIMIT);
    on(
        "brotli bomb",
        coded("br", Base64.getDecoder().decode(BROTLI_BOMB)),
        "module: br",
        Reason.BODY_LIMIT);
    on(
        "a thousand gzip members",
        coded("gzip", gzip(new byte[MIB]), 1000),
        "module: gz",
        Reason.BODY_LIMIT);
    on(
        "a body on which the expression takes a minute",
        end(join(latin1(OK + "\r\n"), latin1("abcdefgh".repeat(MIB)))),
        "module: slow_match",
        Reason.TIMEOUT);
    on(
        "a document on which the condition takes long",
        end(OK + "\r\n{\"all\": [" + "1,".repeat(300_000) + "1]}"),
        "module: cel",
        Reason.ASSERTION);
    on(
        "JSON of 100,000 levels",
        end(OK + "\r\n" + "{\"a\":".repeat(100_000)),
        "module: cel",
        Reason.ASSERTION);
    on(
        "JSON of one long text",
        end(OK + "\r\n{\"a\": \"" + "x".repeat(2 * MIB) + "\"}"),
        "module: cel",
        Reason.ASSERTION);
  }

  /** 15 MiB of zeros, from 14 bytes. */
  private static final String BROTLI_BOMB = "n///7wAkAOKxQHLv3wE=";

  private static Consumer<NetSocket> coded(String coding, byte[] body) {
    return coded(coding, body, 1);
  }

  private static Consumer<NetSocket> coded(String coding, byte[] body, int times) {
    byte[][] parts = new byte[times + 1][];
    parts[0] = latin1(OK + "Content-Encoding: " + coding + "\r\n\r\n");
    for (int i = 1; i <= times; i++) {
      parts[i] = body;
    }
    return end(join(parts));
  }

  private void redirects() {
    on("redirect to itself", redirect("/"), Reason.REDIRECT);
    on("redirect loop with a growing path", redirect("x/"), Reason.REDIRECT);
    on(
        "redirect without a Location",
        end("HTTP/1.1 302 F\r\nContent-Length: 0\r\n\r\n"),
        Reason.REDIRECT);
    on("redirect to another scheme: file", redirect("file:///etc/passwd"), Reason.REDIRECT);
    on("redirect to another scheme: gopher", redirect("gopher://127.0.0.1:70/1"), Reason.REDIRECT);
    on("redirect to another scheme: ftp", redirect("ftp://127.0.0.1/"), Reason.REDIRECT);
    on("redirect to no URL", redirect("http://["), Reason.REDIRECT);
    on("redirect to no host", redirect("http:///x"), Reason.REDIRECT);
    on("redirect to no port", redirect("http://127.0.0.1:99999/"), Reason.REDIRECT);
    on("redirect to nothing", redirect(""), Reason.REDIRECT);
    on("redirect of a long Location", redirect("/" + "a".repeat(60_000)), Reason.REDIRECT);
    on(
        "redirect of a body to another origin",
        redirect307("http://127.0.0.2:1/"),
        "module: post",
        Reason.REDIRECT);
    on("redirect to a closed port", redirect("http://127.0.0.1:1/"), Reason.REFUSED);
    on("redirect to a name that does not exist", redirect("http://nx.test/"), Reason.DNS);
    on("redirect to a denied address", redirect("http://169.254.169.254/latest/"), Reason.BLOCKED);
    on(
        "redirect to a denied address, another spelling",
        redirect("http://0xa9fea9fe/"),
        Reason.BLOCKED);
    on(
        "redirect to a secure scheme that is none",
        redirect("https://127.0.0.1:" + targets.answering(end("HTTP/1.1 400 B\r\n\r\n")) + "/"),
        Reason.TLS);
    on(
        "redirect to a silent server",
        redirect("http://127.0.0.1:" + targets.http(socket -> {}) + "/"),
        Reason.TIMEOUT);
  }

  private static Consumer<NetSocket> redirect(String location) {
    return end("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n");
  }

  private static Consumer<NetSocket> redirect307(String location) {
    return end("HTTP/1.1 307 T\r\nContent-Length: 0\r\nLocation: " + location + "\r\n\r\n");
  }
}
