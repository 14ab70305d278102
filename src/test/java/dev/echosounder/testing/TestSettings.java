package dev.echosounder.testing;

import dev.echosounder.settings.AddressFilter;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Settings;
import dev.echosounder.settings.Settings.Role;
import dev.echosounder.settings.Target;
import dev.echosounder.settings.Web;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Settings that a test changes one by one, from the documented defaults on a free port of loopback.
 */
public final class TestSettings {

  private String appName = "echosounder";
  private List<Target> targets = List.of();
  private Map<String, Module> modules = Map.of(Module.DEFAULT_NAME, Module.http2xx());
  private Settings.Discovery discovery =
      new Settings.Discovery(List.of(), List.of(), Duration.ofSeconds(300), Duration.ofSeconds(30));
  private Settings.ProbeEndpoint probeEndpoint =
      new Settings.ProbeEndpoint(true, Set.of(), AddressFilter.ANY);
  private int concurrency = 4096;
  private AddressFilter dialable = AddressFilter.ANY;
  private Set<Role> roles = Set.of(Role.ECHO, Role.PROBER);
  private int historyResults = 100;
  private Duration metricsRefresh = Duration.ofSeconds(1);
  private Duration headerTimeout = Duration.ofSeconds(10);
  private Duration idleTimeout = Duration.ofSeconds(60);
  private Duration requestTimeout = Duration.ofSeconds(60);
  private int maxConnections = 20_000;
  private boolean h2c;
  private OptionalInt managementPort = OptionalInt.empty();
  private Web web = Web.OPEN;
  private boolean simulate = true;
  private Settings.Tracing tracing = Settings.Tracing.OFF;

  public TestSettings appName(String name) {
    appName = name;
    return this;
  }

  public TestSettings targets(List<Target> list) {
    targets = list;
    return this;
  }

  /** These modules, and {@code http_2xx} unless it is one of them. */
  public TestSettings modules(Module... some) {
    Map<String, Module> all = new HashMap<>(modules);
    List.of(some).forEach(module -> all.put(module.name(), module));
    modules = all;
    return this;
  }

  public TestSettings discovery(Settings.Discovery some) {
    discovery = some;
    return this;
  }

  public TestSettings probeEndpoint(Settings.ProbeEndpoint endpoint) {
    probeEndpoint = endpoint;
    return this;
  }

  public TestSettings concurrency(int most) {
    concurrency = most;
    return this;
  }

  public TestSettings dialable(AddressFilter filter) {
    dialable = filter;
    return this;
  }

  public TestSettings roles(Role... some) {
    return roles(Set.of(some));
  }

  public TestSettings roles(Set<Role> some) {
    roles = some;
    return this;
  }

  public TestSettings historyResults(int most) {
    historyResults = most;
    return this;
  }

  public TestSettings metricsRefresh(Duration interval) {
    metricsRefresh = interval;
    return this;
  }

  public TestSettings headerTimeout(Duration timeout) {
    headerTimeout = timeout;
    return this;
  }

  public TestSettings idleTimeout(Duration timeout) {
    idleTimeout = timeout;
    return this;
  }

  public TestSettings requestTimeout(Duration timeout) {
    requestTimeout = timeout;
    return this;
  }

  public TestSettings maxConnections(int most) {
    maxConnections = most;
    return this;
  }

  public TestSettings h2c() {
    h2c = true;
    return this;
  }

  public TestSettings managementPort(int port) {
    managementPort = OptionalInt.of(port);
    return this;
  }

  public TestSettings web(Web some) {
    web = some;
    return this;
  }

  public TestSettings simulate(boolean on) {
    simulate = on;
    return this;
  }

  public TestSettings tracing(Settings.Tracing some) {
    tracing = some;
    return this;
  }

  public Settings build() {
    return new Settings(
        appName,
        new Settings.Log(Settings.Log.Level.INFO, Settings.Log.Format.PLAIN),
        targets,
        modules,
        Set.of("token", "password"),
        discovery,
        probeEndpoint,
        roles,
        new Settings.Http(
            "127.0.0.1",
            0,
            headerTimeout,
            idleTimeout,
            requestTimeout,
            maxConnections,
            10 << 20,
            h2c),
        managementPort,
        web,
        simulate,
        Duration.ofSeconds(60),
        new Settings.Prober(concurrency, dialable),
        historyResults,
        metricsRefresh,
        new Settings.Shutdown(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofSeconds(2)),
        tracing,
        new JsonObject().put("app_name", appName));
  }
}
