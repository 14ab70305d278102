package dev.echosounder.http;

import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Module;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.TcpOptions;
import dev.echosounder.settings.TlsOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameter {@code hostname} of {@code /probe}: the host a target is asked for, where the
 * target itself is an address. Over HTTP it is the {@code Host} header and the name for TLS, over
 * TCP the name for TLS; other protocols have no use for it.
 */
final class ProbeHost {

  private static final Pattern FORM =
      Pattern.compile("(?<name>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]{1,253})(?::\\d{1,5})?");

  private ProbeHost() {}

  /**
   * A module that asks for this host.
   *
   * @throws IllegalArgumentException with what was expected, if it is none, or the module itself
   *     asks for another
   */
  static Module put(String hostname, Module module) {
    Matcher form = FORM.matcher(hostname);
    if (!form.matches()) {
      throw new IllegalArgumentException("hostname: expected a host name, with a port or without");
    }
    return switch (module.protocol()) {
      case HTTP -> module.with(http((HttpOptions) module.options(), hostname, form.group("name")));
      case TCP -> module.with(tcp((TcpOptions) module.options(), form.group("name")));
      case DNS, GRPC -> module;
    };
  }

  private static HttpOptions http(HttpOptions options, String host, String name) {
    HttpOptions.Request request = options.request();
    Map<String, List<Secret>> headers = new HashMap<>();
    request
        .headers()
        .forEach(
            (header, values) -> {
              if (!header.equalsIgnoreCase("host")) {
                headers.put(header, values);
              } else if (!values.equals(List.of(new Secret(host)))) {
                // The module's is a header like any other, so it is not shown.
                throw new IllegalArgumentException(
                    "hostname: expected the Host header of the module, or none there");
              }
            });
    headers.put("Host", List.of(new Secret(host)));
    HttpOptions.Client client = options.client();
    return options
        .with(
            new HttpOptions.Request(
                request.method(), headers, request.body(), request.followRedirects()))
        .with(
            new HttpOptions.Client(
                client.ip(),
                named(client.tls(), name),
                client.http2(),
                client.credentials(),
                client.oauth2(),
                client.proxy(),
                client.resolveByProxy()));
  }

  private static TcpOptions tcp(TcpOptions options, String name) {
    return new TcpOptions(
        options.ip(),
        options.source(),
        options.secure(),
        named(options.tls(), name),
        options.dialogue());
  }

  private static TlsOptions named(TlsOptions tls, String name) {
    return tls.withServerName(name.replaceAll("[\\[\\]]", ""));
  }
}
