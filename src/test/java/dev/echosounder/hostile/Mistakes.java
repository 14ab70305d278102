package dev.echosounder.hostile;

import java.util.List;
import java.util.stream.Stream;

/** Configurations that are wrong where a secret is. */
final class Mistakes {

  private static final List<String> OF_A_MODULE =
      List.of(
          "basic_auth: {username: u, password: [C]}",
          "basic_auth: {username: 'u:C', password: a}",
          "basic_auth: {password_file: /nowhere, password: C}",
          "basic_auth: C",
          "bearer_token: [C]",
          "bearer_token: \"C\\n\"",
          "bearer_token: C, bearer_token_file: C",
          "authorization: {credentials: {C: C}}",
          "authorization: {credentials: \"C\\u0000\"}",
          "authorization: {type: Basic, credentials: C}",
          "headers: {X-A: [C]}",
          "headers: {X-A: \"C\\r\\nX-B: c\"}",
          "headers: C",
          "http_headers: {X-A: {values: C}}",
          "http_headers: {X-A: {secrets: [[C]]}}",
          "http_headers: {X-A: C}",
          "body: [C]",
          "body: {C: C}",
          "oauth2: {client_id: a, client_secret: [C], token_url: 'http://a/'}",
          "oauth2: {client_id: a, client_secret: C, token_url: 'ftp://u:C@a/'}",
          "oauth2: {client_id: a, client_secret: C, token_url: 'http://u:C@[/'}",
          "oauth2: {client_id: a, client_secret: C}",
          "oauth2: {client_id: a, client_secret: C, token_url: 'http://a/', endpoint_params: C}",
          "oauth2: {client_id: a, client_secret: C, token_url: 'http://a/', endpoint_params: {a: [C]}}",
          "proxy_url: 'https://u:C@a/'",
          "proxy_url: 'http://u:C@['",
          "proxy_url: [C]",
          "proxy_url: 'http://a/', proxy_connect_header: {X: C}",
          "proxy_url: 'http://a/', proxy_connect_header: {X: [[C]]}",
          "tls_config: {cert_file: /nowhere, key: C}",
          "tls_config: {cert: C, key: C}",
          "tls_config: {key: '-----BEGIN PRIVATE KEY-----C'}",
          "tls_config: {key: [C]}");

  private static final List<String> WHOLE =
      List.of(
          "targets: [{url: 'ftp://u:C@a/'}]\n",
          "targets: [{url: 'http://u:C@['}]\n",
          "targets: [{url: 'http://u:C@a:99999/'}]\n",
          "targets: [{url: 'http://a b/?token=C'}]\n",
          "targets: [{url: [C]}]\n",
          "targets: [{url: 'http://a/', headers: {X-A: [C]}}]\n",
          "targets: [{url: 'http://a/', headers: {'X A': C}}]\n",
          "targets: [{url: 'http://u:C@a/'}, {url: 'http://u:C@a/'}]\n",
          "urls: ['ftp://u:C@a/']\n",
          "targets_http: [{url: 'ftp://u:C@a/'}]\n",
          "targets_http: [{url: 'http://u:C@a/', refresh_interval: 0}]\n",
          "modules: {m: {prober: tcp, tcp: {query_response: [{send: [C]}]}}}\n",
          "modules: {m: {prober: tcp, tcp: {query_response: [{sent: C}]}}}\n",
          "modules: {m: {prober: tcp, tcp: {query_response: C}}}\n",
          "modules: {m: {prober: grpc, grpc: {metadata: {a: C}}}}\n",
          "modules: {m: {prober: grpc, grpc: {metadata: {'A b': [C]}}}}\n",
          "modules: {m: {prober: grpc, grpc: {metadata: {x-bin: [[C]]}}}}\n",
          "modules: {m: {prober: http, http: {bearer_token: 'C}}}\n",
          "modules: {m: {prober: http, http: {bearer_token: *C}}}\n",
          "modules: {m: {prober: http, http: {bearer_token: !C a}}}\n");

  private Mistakes() {}

  /** Each with a secret of its own, which is planted. */
  static List<String> with(Canaries canaries) {
    String module = "modules: {m: {prober: http, http: {%s}}}\n";
    return Stream.concat(OF_A_MODULE.stream().map(module::formatted), WHOLE.stream())
        .map(
            mistake ->
                mistake.replaceAll(
                    "(?<![A-Za-z])C(?![A-Za-z])", canaries.mistaken(mistake.strip())))
        .toList();
  }
}
