package dev.echosounder.settings;

import java.util.List;
import java.util.Locale;

/** What a probe speaks: the values of {@code prober} in a module, by blackbox_exporter's names. */
public enum Protocol {
  HTTP("http", "https"),
  TCP("tcp"),
  DNS("dns"),
  GRPC("grpc", "http", "https");

  @SuppressWarnings("ImmutableEnumChecker") // It is copied.
  private final List<String> schemes;

  Protocol(String... schemes) {
    this.schemes = List.of(schemes);
  }

  /** The value of {@code prober}, and the key of its options in a module. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The schemes a target's URL may have; the first stands for none where none need be written. */
  public List<String> schemes() {
    return schemes;
  }
}
