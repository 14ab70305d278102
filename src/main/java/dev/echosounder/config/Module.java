package dev.echosounder.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How to probe and how to judge the answer, by blackbox_exporter's module schema. Targets and
 * {@code /probe} refer to a module by its name.
 *
 * @param name the key under {@code modules}
 * @param prober the protocol
 * @param timeout the module's own bound on one probe, if any; the shorter of it and the target's is
 *     in force
 * @param http the options of the HTTP prober
 */
public record Module(String name, Prober prober, Optional<Duration> timeout, Http http) {

  /** The protocols a module may name under {@code prober}. */
  public enum Prober {
    HTTP
  }

  /** The name of the module that exists without being configured. */
  public static final String DEFAULT_NAME = "http_2xx";

  public Module {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(prober, "prober");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(http, "http");
  }

  /** The module that exists without being configured: GET, any 2xx, redirects followed. */
  public static Module http2xx() {
    return new Module(DEFAULT_NAME, Prober.HTTP, Optional.empty(), Http.DEFAULT);
  }

  /**
   * The options of the HTTP prober.
   *
   * @param method the request method, upper case
   * @param headers sent with each request; {@code Host} replaces the one from the URL
   * @param body sent with each request, if any
   * @param validStatusCodes the codes that are up; empty stands for 200 to 299
   * @param followRedirects whether a redirect is followed or judged as it is
   */
  public record Http(
      String method,
      Map<String, Secret> headers,
      Optional<Secret> body,
      List<Integer> validStatusCodes,
      boolean followRedirects) {

    /** blackbox_exporter's defaults. */
    public static final Http DEFAULT = new Http("GET", Map.of(), Optional.empty(), List.of(), true);

    public Http {
      Objects.requireNonNull(method, "method");
      headers = Map.copyOf(headers);
      validStatusCodes = List.copyOf(validStatusCodes);
    }

    /** Whether an answer with this status code is up. */
    public boolean accepts(int statusCode) {
      return validStatusCodes.isEmpty()
          ? statusCode >= 200 && statusCode <= 299
          : validStatusCodes.contains(statusCode);
    }
  }
}
