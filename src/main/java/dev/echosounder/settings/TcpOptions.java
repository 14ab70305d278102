package dev.echosounder.settings;

import com.google.re2j.Pattern;
import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The options of the TCP prober.
 *
 * @param ip which of the name's addresses is dialled
 * @param source the local address to dial from
 * @param secure whether TLS is spoken from the first byte
 * @param tls how TLS is done
 * @param dialogue what is said and expected, in this order
 */
public record TcpOptions(
    IpChoice ip, Optional<InetAddress> source, boolean secure, TlsOptions tls, List<Step> dialogue)
    implements ProbeOptions {

  /** A connection and no more. */
  public static final TcpOptions DEFAULT =
      new TcpOptions(IpChoice.DEFAULT, Optional.empty(), false, TlsOptions.DEFAULT, List.of());

  public TcpOptions {
    Objects.requireNonNull(ip, "ip");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(tls, "tls");
    dialogue = List.copyOf(dialogue);
  }

  @Override
  public Protocol protocol() {
    return Protocol.TCP;
  }

  /**
   * One entry of {@code query_response}: first what is expected, then what is said, then TLS.
   *
   * @param expect a line that matches is waited for; lines that do not are skipped
   * @param expectBytes these bytes must come next
   * @param labels of {@code probe_expect_info}, by name; {@code ${1}} stands for a group of the
   *     match
   * @param send sent with a newline, groups of the match put in; empty for nothing
   * @param startTls whether TLS begins then
   */
  public record Step(
      Optional<Pattern> expect,
      Optional<String> expectBytes,
      Map<String, String> labels,
      String send,
      boolean startTls) {

    public Step {
      Objects.requireNonNull(expect, "expect");
      Objects.requireNonNull(expectBytes, "expectBytes");
      labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
      Objects.requireNonNull(send, "send");
    }

    /** Not what is sent, which may be a password. */
    @Override
    public String toString() {
      return "Step[expect=%s, expectBytes=%s, labels=%s, send=%s, startTls=%s]"
          .formatted(expect, expectBytes, labels, Secret.SHOWN, startTls);
    }
  }
}
