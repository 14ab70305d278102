package dev.echosounder.bench;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What Echosounder is compared with. */
final class Peers {

  private static final Path SCRIPTS = Path.of("siege/bench/peers").toAbsolutePath();

  /** The modules of both sides, in a form that both read. */
  static final Path MODULES = SCRIPTS.resolve("blackbox.yml");

  private static final Pattern LISTENS = Pattern.compile("listens on port (\\d+)");
  private static final Pattern BLACKBOX_LISTENS =
      Pattern.compile("msg=\"?Listening on\"? address=127\\.0\\.0\\.1:(\\d+)");

  private Peers() {}

  /** {@link BareServer} with the bytes of an answer. */
  static Server bare(JavaHome java, Path directory, HttpResponse<String> like) throws IOException {
    return Server.start(
        directory,
        List.of(
            java.java(),
            "-cp",
            System.getProperty("java.class.path"),
            BareServer.class.getName(),
            like.headers().firstValue("content-type").orElseThrow(),
            like.body()),
        LISTENS);
  }

  /** Debian's Python with its aiohttp and prometheus_client, one process. */
  static Server aiohttp(Path directory) throws IOException {
    return Server.start(
        directory,
        List.of("/usr/bin/python3", SCRIPTS.resolve("aiohttp_echo.py").toString()),
        LISTENS);
  }

  /** Debian's blackbox_exporter. */
  static Server blackbox(Path directory) throws IOException {
    return Server.start(
        directory,
        List.of(
            "prometheus-blackbox-exporter",
            "--config.file=" + MODULES,
            "--web.listen-address=127.0.0.1:0"),
        BLACKBOX_LISTENS);
  }
}
