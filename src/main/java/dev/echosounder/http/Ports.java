package dev.echosounder.http;

import dev.echosounder.config.Settings;
import java.util.OptionalInt;

/**
 * Where the service listens.
 *
 * @param main the port of the echo routes
 * @param management the port of every other route, if not the main one
 */
public record Ports(int main, OptionalInt management) {

  /** The ports as configured, where 0 stands for a free one. */
  public static Ports configured(Settings settings) {
    return new Ports(settings.http().port(), settings.managementPort());
  }

  /** The port that the routes which are not the echo's are on. */
  public int reserved() {
    return management.orElse(main);
  }
}
