package dev.echosounder.settings;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The way to a target. Of {@code http} targets a proxy is asked in absolute form, to {@code https}
 * ones it opens a tunnel by {@code CONNECT} (RFC 9110 section 9.3.6).
 *
 * @param forHttp the proxy for {@code http} targets, {@code http} itself; its userinfo is sent as
 *     {@code Proxy-Authorization}
 * @param forHttps the proxy for {@code https} targets
 * @param none the hosts that are reached without: names, which stand for those below them too,
 *     addresses or CIDRs, each with a port or without, or {@code *}
 * @param connectHeaders sent with each {@code CONNECT}
 */
public record ProxyOptions(
    Optional<TargetUrl> forHttp,
    Optional<TargetUrl> forHttps,
    List<String> none,
    Map<String, List<Secret>> connectHeaders) {

  /** No proxy. */
  public static final ProxyOptions DIRECT =
      new ProxyOptions(Optional.empty(), Optional.empty(), List.of(), Map.of());

  public ProxyOptions {
    Objects.requireNonNull(forHttp, "forHttp");
    Objects.requireNonNull(forHttps, "forHttps");
    none = List.copyOf(none);
    connectHeaders = Map.copyOf(connectHeaders);
  }
}
