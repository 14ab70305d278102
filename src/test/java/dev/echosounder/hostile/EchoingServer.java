package dev.echosounder.hostile;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;

/** Sends back what it was sent, in the form that the path asks for. */
final class EchoingServer {

  private final RawTargets targets;
  private final String token;

  EchoingServer(RawTargets targets, String token) {
    this.targets = targets;
    this.token = token;
  }

  /** The port of the one that speaks HTTP. */
  int http() {
    return targets.httpRequest((socket, request) -> answer(socket, request));
  }

  /** The port of the one that repeats lines. */
  int lines() {
    return targets.httpless((socket, text) -> socket.end(Buffer.buffer("echo " + text)));
  }

  private void answer(NetSocket socket, String request) {
    String path = request.split(" ", 3)[1];
    String flat = request.replaceAll("[\r\n]+", " ");
    String word = request.replaceAll("[^A-Za-z0-9=]+", "_");
    String answer =
        switch (path.replaceAll("[?].*", "")) {
          case "/up" -> whole("200 OK", "text/plain", request);
          case "/status" -> whole("500 " + flat, "text/plain", request);
          case "/redirect" ->
              "HTTP/1.1 302 F\r\nLocation: /status/" + word + "?" + word + "\r\n\r\n";
          case "/garbage" -> word + "\r\n" + request;
          case "/header" -> "HTTP/1.1 200 OK\r\nContent-Length: " + word + "\r\n\r\n";
          case "/token" ->
              whole(
                  "200 OK",
                  "application/json",
                  "{\"access_token\":\"" + token + "\",\"expires_in\":3600}");
          case "/sd" ->
              whole("200 OK", "application/json", "[{\"targets\": [\"http://u:" + word + "@[\"]}]");
          default -> whole("407 " + flat, word, request);
        };
    socket.end(Buffer.buffer(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static String whole(String status, String type, String body) {
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n\r\n" + body;
  }
}
