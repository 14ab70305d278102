package dev.echosounder.testing;

import dev.echosounder.settings.Module;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.TargetId;
import dev.echosounder.settings.TargetUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Settings with targets of given ids. */
public final class SettingsFixture {

  private SettingsFixture() {}

  /** Settings with targets of these ids. */
  public static Settings withTargets(TargetId... ids) {
    return with(Set.of(Settings.Role.values()), Duration.ofSeconds(1), Stream.of(ids).toList());
  }

  /** Settings with tracing, and targets of these ids, each with a histogram. */
  public static Settings withEveryFamily(TargetId... ids) {
    Target.Options histogram =
        new Target.Options(
            Optional.empty(), 0, Duration.ofSeconds(1), Optional.empty(), true, false, true);
    return new TestSettings()
        .targets(Stream.of(ids).map(id -> target(id, histogram)).toList())
        .tracing(
            new Settings.Tracing(
                Optional.of(TargetUrl.parse("http://127.0.0.1:1/v1/traces", Set.of())),
                1,
                Map.of()))
        .build();
  }

  /** Settings of these roles, this refresh interval, and targets of these ids. */
  public static Settings with(
      Set<Settings.Role> roles, Duration metricsRefresh, List<TargetId> ids) {
    return new TestSettings()
        .roles(roles)
        .metricsRefresh(metricsRefresh)
        .targets(ids.stream().map(id -> target(id, Target.Options.DEFAULT)).toList())
        .build();
  }

  private static Target target(TargetId id, Target.Options options) {
    return new Target(
        id,
        TargetUrl.parse("http://127.0.0.1/", Set.of()),
        Module.http2xx(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Map.of(),
        options);
  }
}
