package dev.echosounder.config;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The resources that ship with the program. */
enum Embedded {
  DEFAULTS("/echosounder.yaml"),
  SCHEMA("/echosounder.schema.json"),
  WEB_SCHEMA("/web-configuration.schema.json");

  private final String name;

  Embedded(String name) {
    this.name = name;
  }

  /** Reads the whole resource; blocks. */
  Buffer read() {
    try (InputStream in = Embedded.class.getResourceAsStream(name)) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
