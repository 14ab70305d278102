package dev.echosounder.settings;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The configuration in force: immutable, complete, valid by construction. A reload makes a new one.
 *
 * @param appName shown by echo and health answers
 * @param log what is logged and how
 * @param targets what is probed; no two have the same id, nor the same key on {@code /queryurl}
 * @param modules how targets can be probed, by name; {@code http_2xx} is always one
 * @param secretQueryParameters names, in lower case, of the query parameters that are never shown
 * @param discovery where more targets come from
 * @param probeEndpoint what {@code /probe} may do
 * @param roles which verticles run; read at the start only
 * @param http the listener; read at the start only
 * @param managementPort the port of every route but the echo ones, if not the main one; 0 is a free
 *     one; read at the start only
 * @param web who may ask, and how
 * @param simulate whether {@code /status/{code}} and {@code ?delay=} work on echo routes
 * @param queryDeadline the longest time {@code /queryurl} takes to answer
 * @param prober limits of the prober
 * @param historyResults how many results are kept of each target
 * @param metricsRefresh how often the counts of the event loops are collected
 * @param shutdown the windows of an orderly stop
 * @param tracing where spans are sent, and how many; read at the start only
 * @param shown the configuration as it may be shown, every secret replaced
 */
public record Settings(
    String appName,
    Log log,
    List<Target> targets,
    Map<String, Module> modules,
    Set<String> secretQueryParameters,
    Discovery discovery,
    ProbeEndpoint probeEndpoint,
    Set<Role> roles,
    Http http,
    OptionalInt managementPort,
    Web web,
    boolean simulate,
    Duration queryDeadline,
    Prober prober,
    int historyResults,
    Duration metricsRefresh,
    Shutdown shutdown,
    Tracing tracing,
    JsonObject shown) {

  public Settings {
    Objects.requireNonNull(appName, "appName");
    targets = List.copyOf(targets);
    modules = Map.copyOf(modules);
    secretQueryParameters = Set.copyOf(secretQueryParameters);
    Objects.requireNonNull(discovery, "discovery");
    Objects.requireNonNull(probeEndpoint, "probeEndpoint");
    Objects.requireNonNull(web, "web");
    roles = Set.copyOf(roles);
    Objects.requireNonNull(tracing, "tracing");
    shown = shown.copy();
  }

  /** The top-level keys that are read at the start only. */
  public static final List<String> START_ONLY = List.of("roles", "http", "management", "tracing");

  /** These settings with other targets; what is shown stays as configured. */
  public Settings withTargets(List<Target> others) {
    return with(others, roles, http, managementPort, tracing, shown);
  }

  /**
   * These settings as far as they can be in force without a restart; the rest is that of the start.
   */
  public Settings inForceSince(Settings start) {
    JsonObject mixed = shown.copy();
    START_ONLY.forEach(key -> mixed.put(key, start.shown.getValue(key)));
    return with(targets, start.roles, start.http, start.managementPort, start.tracing, mixed);
  }

  private Settings with(
      List<Target> targets,
      Set<Role> roles,
      Http http,
      OptionalInt managementPort,
      Tracing tracing,
      JsonObject shown) {
    return new Settings(
        appName,
        log,
        targets,
        modules,
        secretQueryParameters,
        discovery,
        probeEndpoint,
        roles,
        http,
        managementPort,
        web,
        simulate,
        queryDeadline,
        prober,
        historyResults,
        metricsRefresh,
        shutdown,
        tracing,
        shown);
  }

  /** Which verticles an instance runs beside health and metrics. */
  public enum Role {
    ECHO,
    PROBER
  }

  /** What is logged, and in which form. */
  public record Log(Level level, Format format) {

    /**
     * The least severe events that are logged; {@code CRITICAL} are only those that stop the
     * service.
     */
    public enum Level {
      DEBUG,
      INFO,
      WARNING,
      ERROR,
      CRITICAL
    }

    /** One line per event in either form. */
    public enum Format {
      PLAIN,
      JSON
    }
  }

  /**
   * The HTTP listener.
   *
   * @param host the address to listen on
   * @param port 0 is a free one
   * @param headerTimeout the time a client has to send a request's whole header section
   * @param idleTimeout the time without a byte after which a connection is closed
   * @param requestTimeout the time a client has to send a request's body, and then to take its
   *     answer
   * @param maxConnections connections beyond these are refused
   * @param maxBody the largest request body in bytes
   * @param h2c whether HTTP/2 without TLS is spoken
   */
  public record Http(
      String host,
      int port,
      Duration headerTimeout,
      Duration idleTimeout,
      Duration requestTimeout,
      int maxConnections,
      long maxBody,
      boolean h2c) {}

  /**
   * Where more targets come from, and what those get that say nothing else.
   *
   * @param files globs of files in Prometheus' file_sd format
   * @param http endpoints of Prometheus' http_sd
   * @param interval the time from one probe to the next
   * @param timeout the deadline of one probe
   */
  public record Discovery(
      List<String> files, List<HttpSource> http, Duration interval, Duration timeout) {

    public Discovery {
      files = List.copyOf(files);
      http = List.copyOf(http);
    }

    /**
     * An endpoint that tells targets.
     *
     * @param refreshInterval how often it is asked
     * @param dialable where it may be
     */
    public record HttpSource(TargetUrl url, Duration refreshInterval, AddressFilter dialable) {}
  }

  /**
   * What {@code /probe} may do.
   *
   * @param enabled whether it is answered at all
   * @param modules the names of the modules it takes; empty stands for all
   * @param dialable which addresses may be dialled; what the prober may not dial, it may not either
   */
  public record ProbeEndpoint(boolean enabled, Set<String> modules, AddressFilter dialable) {

    public ProbeEndpoint {
      modules = Set.copyOf(modules);
    }

    /** Whether a module may be named. */
    public boolean takes(String module) {
      return modules.isEmpty() || modules.contains(module);
    }
  }

  /**
   * Limits of the prober.
   *
   * @param concurrency probes in flight at once
   * @param dialable which addresses may be dialled
   */
  public record Prober(int concurrency, AddressFilter dialable) {}

  /**
   * The windows of an orderly stop.
   *
   * @param delay how long everything is still answered after readiness is off
   * @param drain the longest wait for echo answers still under way
   * @param linger how long {@code /metrics} and health answer after that
   */
  public record Shutdown(Duration delay, Duration drain, Duration linger) {}

  /**
   * Where spans are sent, and how many.
   *
   * @param endpoint the URL that batches of spans are posted to, without userinfo; empty is no
   *     tracing at all
   * @param sampleRatio the share of echo requests and probes that make a span where no caller
   *     decides, 0 to 1
   * @param headers sent with each batch
   */
  public record Tracing(
      Optional<TargetUrl> endpoint, double sampleRatio, Map<String, Secret> headers) {

    /** No tracing. */
    public static final Tracing OFF = new Tracing(Optional.empty(), 0, Map.of());

    public Tracing {
      Objects.requireNonNull(endpoint, "endpoint");
      headers = Map.copyOf(headers);
      if (!(sampleRatio >= 0 && sampleRatio <= 1)) {
        throw new IllegalArgumentException(
            "sample ratio: got " + sampleRatio + ", expected a number from 0 to 1");
      }
    }

    /** Whether there is any. */
    public boolean on() {
      return endpoint.isPresent();
    }
  }
}
