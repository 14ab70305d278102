package dev.echosounder;

import dev.echosounder.http.Ports;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Settings.Role;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import dev.echosounder.settings.Web;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Targets of the first run: the service itself, once up and once down, so that there is something
 * to see offline.
 */
final class Demo {

  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private Demo() {}

  /**
   * The settings with two targets more, where both roles run; the settings as they are, elsewhere.
   */
  static Settings added(Settings settings, Ports ports) {
    // A web configuration, which only a variable can name then, is somebody's configuration.
    boolean untouched = settings.simulate() && settings.web().equals(Web.OPEN);
    if (!settings.roles().containsAll(Set.of(Role.ECHO, Role.PROBER)) || !untouched) {
      return settings;
    }
    return settings.withTargets(
        List.of(target("demo-up", ports, 200), target("demo-down", ports, 503)));
  }

  private static Target target(String name, Ports ports, int status) {
    String text = "http://127.0.0.1:%d/status/%d".formatted(ports.main(), status);
    TargetUrl url = TargetUrl.parse(text, Set.of());
    return new Target(
        new TargetId(url.shown(), Optional.of(name), Map.of()),
        url,
        Module.http2xx(),
        INTERVAL,
        TIMEOUT,
        Map.of());
  }
}
