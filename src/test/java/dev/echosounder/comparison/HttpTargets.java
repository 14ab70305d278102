package dev.echosounder.comparison;

import static dev.echosounder.testing.ScriptedTarget.answer;
import static dev.echosounder.testing.ScriptedTarget.raw;
import static dev.echosounder.testing.ScriptedTarget.rawAndHold;
import static dev.echosounder.testing.ScriptedTarget.redirect;
import static dev.echosounder.testing.ScriptedTarget.reset;
import static dev.echosounder.testing.ScriptedTarget.silent;

import dev.echosounder.testing.ScriptedTarget;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** What the compared HTTP targets do on each path. */
final class HttpTargets {

  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String WELCOME = "welcome to the shop";

  /** {@link #WELCOME} as Brotli's own encoder packs it. */
  private static final String WELCOME_BR =
      new String(
          Base64.getDecoder().decode("GxIA+CVB3uiqEE3KhJfoNhI="), StandardCharsets.ISO_8859_1);

  private HttpTargets() {}

  /** A server of all of them. */
  static ScriptedTarget plain(Vertx vertx, String host) {
    return on(ScriptedTarget.http(vertx, host));
  }

  /** Gives a server all paths. */
  static ScriptedTarget on(ScriptedTarget server) {
    statuses(server);
    redirects(server);
    bodies(server);
    times(server);
    faults(server);
    guarded(server);
    return server;
  }

  private static void statuses(ScriptedTarget server) {
    for (int status : new int[] {200, 201, 299, 400, 401, 404, 410, 500, 503}) {
      server.on("/" + status, answer(status, "the body"));
    }
    server.on("/204", raw("HTTP/1.1 204 No Content\r\n\r\n"));
    server.on("/304", raw("HTTP/1.1 304 Not Modified\r\n\r\n"));
    server.on("/interim", raw("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhello"));
    server.on("/1.0", raw("HTTP/1.0 200 OK\r\n\r\nuntil the end"));
    server.on("/modified", answer(200, "x", "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT"));
    server.on("/not-modified-a-date", answer(200, "x", "Last-Modified: yesterday"));
    server.on("/cached", answer(200, "x", "X-Cache: MISS from edge"));
    server.on("/cached-twice", answer(200, "x", "X-Cache: HIT", "X-Cache: MISS"));
    server.on("/cors", answer(200, "x", "Access-Control-Allow-Origin: *"));
    server.on("/no-cors", answer(200, "x", "Access-Control-Allow-Origin: none"));
  }

  private static void redirects(ScriptedTarget server) {
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      server.on("/to-200-by-" + status, redirect(status, "/200"));
    }
    server.on("/to-absolute", socket -> redirect(302, server.url("/200")).play(socket));
    server.on("/to-404", redirect(302, "/404"));
    server.on("/relative/a", redirect(302, "../200"));
    server.on("/loop", redirect(302, "/loop"));
    server.on("/nowhere", answer(302, "no Location"));
    server.on("/bad-location", redirect(302, "http://[bad"));
    server.on("/ftp", redirect(302, "ftp://127.0.0.1/"));
    for (int i = 1; i <= 11; i++) {
      server.on("/down-from-" + i, redirect(302, i == 1 ? "/200" : "/down-from-" + (i - 1)));
    }
    server.on("/login", answer(302, "", "Location: /account", "Set-Cookie: sid=1; Path=/"));
  }

  private static void bodies(ScriptedTarget server) {
    server.on("/welcome", answer(200, WELCOME));
    server.on("/database", answer(200, "sorry, Database Down"));
    server.on("/empty", answer(200, ""));
    server.on("/chunked", raw(CHUNKED + "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"));
    server.on("/gzip", answer(200, packed(WELCOME, "gzip"), "Content-Encoding: gzip"));
    server.on("/deflate", answer(200, packed(WELCOME, "deflate"), "Content-Encoding: deflate"));
    server.on("/br", answer(200, WELCOME_BR, "Content-Encoding: br"));
    server.on("/bomb", answer(200, packed("0".repeat(1 << 20), "gzip"), "Content-Encoding: gzip"));
    server.on("/ten", answer(200, "0123456789"));
    server.on("/eleven", answer(200, "0123456789a"));
    server.on("/large", answer(200, "x".repeat(2 << 20)));
  }

  private static void times(ScriptedTarget server) {
    server.on("/slow-head", server.delayed(1000, answer(200, "late")));
    server.on(
        "/slow-body",
        socket -> {
          socket.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
          server.delayed(1000, raw("late")).play(socket);
        });
    server.on("/slow-redirect", server.delayed(1000, redirect(302, "/slow-head")));
  }

  private static void faults(ScriptedTarget server) {
    server.on("/silent", silent());
    server.on("/stops", rawAndHold("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"));
    server.on("/closed", NetSocket::close);
    server.on("/reset", reset(""));
    server.on("/garbage", raw("SSH-2.0-OpenSSH_9.2\r\n"));
    server.on("/half-head", raw("HTTP/1.1 200 OK\r\nContent-"));
    server.on("/held-head", rawAndHold("HTTP/1.1 200 OK\r\nContent-"));
    server.on("/truncated", raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"));
    server.on("/broken-chunks", raw(CHUNKED + "zz\r\n"));
    server.on("/not-gzip", answer(200, "plain text", "Content-Encoding: gzip"));
  }

  private static void guarded(ScriptedTarget server) {
    server.on("/basic", guard(server, "Basic cHJvYmU6czM6Y3JldA=="));
    server.on("/bearer", guard(server, "Bearer t0ken"));
    server.on("/granted", guard(server, "Bearer granted"));
    server.on("/account", guard(server, "sid=1"));
    server.on("/shop", guard(server, "shop.example"));
    server.on("/json", guard(server, "{\"a\":1}"));
    server.on(
        "/token",
        answer(
            200,
            "{\"access_token\":\"granted\",\"token_type\":\"Bearer\",\"expires_in\":3600}",
            "Content-Type: application/json"));
  }

  /** 200 if the last request holds a text, else 401. */
  private static ScriptedTarget.Script guard(ScriptedTarget server, String expected) {
    return socket -> {
      String request = server.requests().get(server.requests().size() - 1);
      answer(request.contains(expected) ? 200 : 401, "guarded").play(socket);
    };
  }

  /** Go's deflate is the raw form of RFC 1951. */
  static String packed(String text, String coding) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        coding.equals("gzip")
            ? new GZIPOutputStream(bytes)
            : new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
