package dev.echosounder.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Prometheus' own judgement of a page, where it is installed. */
public final class Promtool {

  private Promtool() {}

  /** What it finds fault with in a page of Prometheus text; nothing if it is good. */
  public static String check(String page) throws IOException {
    Process process =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(page.getBytes(StandardCharsets.UTF_8));
    }
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
