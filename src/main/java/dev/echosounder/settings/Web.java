package dev.echosounder.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may ask the service, and how: what a web configuration says.
 *
 * @param tls how TLS is done, where it is; whether it is, is read at the start only
 * @param http2 whether HTTP/2 is offered over TLS; read at the start only
 * @param headers of every answer, by name
 * @param users hashes of the passwords by bcrypt, by user; empty stands for anybody, without one
 * @param rateLimit of requests that are no echo
 */
public record Web(
    Optional<ServerTls> tls,
    boolean http2,
    Map<String, String> headers,
    Map<String, Secret> users,
    Optional<RateLimit> rateLimit) {

  /** Anybody, in clear text. */
  public static final Web OPEN =
      new Web(Optional.empty(), true, Map.of(), Map.of(), Optional.empty());

  public Web {
    Objects.requireNonNull(tls, "tls");
    headers = Map.copyOf(headers);
    users = Map.copyOf(users);
    Objects.requireNonNull(rateLimit, "rateLimit");
  }

  /**
   * A token bucket.
   *
   * @param interval in which one more token is there, more than zero
   * @param burst how many there may be, at least 1
   */
  public record RateLimit(Duration interval, int burst) {

    public RateLimit {
      if (interval.isZero() || interval.isNegative() || burst < 1) {
        throw new IllegalArgumentException("got " + burst + " per " + interval);
      }
    }
  }

  /** The scheme of URLs of the service. */
  public String scheme() {
    return tls.isPresent() ? "https" : "http";
  }

  /** What of this differs from a start, and is in force only after another one. */
  public List<String> needRestart(Web start) {
    List<String> changed = new ArrayList<>();
    if (tls.isPresent() != start.tls.isPresent()) {
      changed.add("tls_server_config (TLS on or off)");
    }
    if (http2 != start.http2) {
      changed.add("http_server_config.http2");
    }
    return changed;
  }
}
