package dev.echosounder.hostile;

import dev.echosounder.testing.PemText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A configuration with one secret of each kind, each of which can be told from all others, and from
 * anything else that is ever shown.
 */
final class Canaries {

  private static final String MARK = "canary7";

  private final Path directory;
  private final List<Canary> planted = new ArrayList<>();

  /**
   * A secret.
   *
   * @param kind what it is
   * @param key where it is configured
   * @param text itself
   */
  record Canary(String kind, String key, String text) {

    /** The forms in which it would give itself away. */
    List<String> traces() {
      String coded =
          Base64.getEncoder().encodeToString(("u:" + text).getBytes(StandardCharsets.UTF_8));
      // Without the ends, which depend on what is around them.
      return List.of(text, coded.substring(4, coded.length() - 4));
    }
  }

  private final String metadata;

  Canaries(Path directory) {
    this.directory = directory;
    this.metadata = plant("metadata", "grpc.metadata");
  }

  List<Canary> planted() {
    return planted;
  }

  private String plant(String kind, String key) {
    String text = MARK + "x" + planted.size() + "y" + kind.replaceAll("[^a-z]", "");
    planted.add(new Canary(kind, key, text));
    return text;
  }

  private Path file(String kind, String key) throws IOException {
    String text = plant(kind, key);
    return Files.writeString(directory.resolve("secret" + planted.size()), text + "\n");
  }

  /** One for a place where something is wrong. */
  String mistaken(String where) {
    return plant("in a mistake", where);
  }

  /** What tells of each probe, and gives a collector the secret that it asks for. */
  String tracing(String endpoint) {
    return "tracing: {otlp_endpoint: \"%s\", sample_ratio: 1, headers: {X-Tenant: \"%s\"}}\n"
        .formatted(endpoint, plant("header for a collector", "tracing.headers"));
  }

  /** One that a client sends. */
  String sent(String kind) {
    return plant(kind, "a request");
  }

  /** One that is configured, in a text of its own kind. */
  void plant(String kind, String key, String text) {
    planted.add(new Canary(kind, key, text));
  }

  /** The metadata of the gRPC target. */
  String metadata() {
    return metadata;
  }

  /** The token that the endpoint of {@link #yaml} has to give. */
  String token() {
    return plant("token from an endpoint", "the answer of oauth2.token_url");
  }

  /**
   * The configuration: a target for each secret.
   *
   * @param echo the port of a server that sends back whatever it is sent, in many forms
   * @param lines that of one that repeats each line
   * @param frames that of one that tells the metadata in its gRPC message
   */
  String yaml(int echo, int lines, int frames, PemText client) throws Exception {
    StringBuilder yaml =
        new StringBuilder(
            """
            http: {host: 127.0.0.1, port: 0}
            log_level: DEBUG
            query_interval_in_seconds: 3600
            request_timeout_in_seconds: 3
            """);
    String sd =
        "http://u:%s@127.0.0.1:%d/sd?token=%s"
            .formatted(
                plant("userinfo of an endpoint", "targets_http[].url"),
                echo,
                plant("query of an endpoint", "targets_http[].url"));
    yaml.append("targets_http: [{url: \"%s\", refresh_interval: 1s}]\nmodules:\n".formatted(sd));
    yaml.append(modules(echo, client));
    yaml.append("targets:\n").append(targets(echo, lines, frames));
    return yaml.toString();
  }

  private String modules(int echo, PemText client) throws Exception {
    String proxy = "http://u:" + plant("proxy password", "http.proxy_url") + "@127.0.0.1:" + echo;
    String key = client.key();
    planted.add(
        new Canary(
            "TLS key", "http.tls_config.key", key.lines().skip(2).findFirst().orElseThrow()));
    Path keyFile = Files.writeString(directory.resolve("key.pem"), key);
    Path certFile = Files.writeString(directory.resolve("cert.pem"), client.certificate());
    String http =
        """
          basic: {prober: http, timeout: 3s, http: {basic_auth: {username: u, password: "%s"}}}
          basic_file: {prober: http, timeout: 3s, http: {basic_auth: {username: u, password_file: "%s"}}}
          bearer: {prober: http, timeout: 3s, http: {bearer_token: "%s"}}
          bearer_file: {prober: http, timeout: 3s, http: {bearer_token_file: "%s"}}
          custom: {prober: http, timeout: 3s, http: {authorization: {type: Custom, credentials: "%s"}}}
          custom_file: {prober: http, timeout: 3s, http: {authorization: {type: Custom, credentials_file: "%s"}}}
          header: {prober: http, timeout: 3s, http: {headers: {X-Key: "%s"}}}
          values: {prober: http, timeout: 3s, http: {http_headers: {X-A: {values: ["%s"]}, X-B: {secrets: ["%s"]}, X-C: {files: ["%s"]}}}}
          body: {prober: http, timeout: 3s, http: {method: POST, body: "%s", debug_body_size: 64KiB}}
          body_file: {prober: http, timeout: 3s, http: {method: POST, body_file: "%s", debug_body_size: 64KiB}}
          oauth2: {prober: http, timeout: 3s, http: {debug_body_size: 64KiB, oauth2: {client_id: u, client_secret: "%s", token_url: "http://u:%s@127.0.0.1:%d/token?key=%s", endpoint_params: {audience: "%s"}}}}
          oauth2_file: {prober: http, timeout: 3s, http: {oauth2: {client_id: u, client_secret_file: "%s", token_url: "http://127.0.0.1:%d/token"}}}
          oauth2_refused: {prober: http, timeout: 3s, http: {oauth2: {client_id: u, client_secret: "%s", token_url: "http://127.0.0.1:%d/garbage"}}}
          proxy: {prober: http, timeout: 3s, http: {proxy_url: "%s", proxy_connect_header: {X-Proxy: ["%s"]}}}
          key: {prober: http, timeout: 3s, http: {tls_config: {cert_file: "%s", key_file: "%s"}}}
          send: {prober: tcp, timeout: 3s, tcp: {query_response: [{send: "%s"}, {expect: "never"}]}}
          grpc: {prober: grpc, timeout: 3s, grpc: {metadata: {x-key: ["%s"]}}}
        """
            .formatted(
                plant("password", "http.basic_auth.password"),
                file("file of a password", "http.basic_auth.password_file"),
                plant("bearer token", "http.bearer_token"),
                file("file of a bearer token", "http.bearer_token_file"),
                plant("credentials", "http.authorization.credentials"),
                file("file of credentials", "http.authorization.credentials_file"),
                plant("header of a module", "http.headers"),
                plant("value of a header", "http.http_headers.NAME.values"),
                plant("secret of a header", "http.http_headers.NAME.secrets"),
                file("file of a header", "http.http_headers.NAME.files"),
                plant("body", "http.body"),
                file("file of a body", "http.body_file"),
                plant("client secret", "http.oauth2.client_secret"),
                plant("userinfo of a token endpoint", "http.oauth2.token_url"),
                echo,
                plant("query of a token endpoint", "http.oauth2.token_url"),
                plant("parameter of a token request", "http.oauth2.endpoint_params"),
                file("file of a client secret", "http.oauth2.client_secret_file"),
                echo,
                plant("client secret that is refused", "http.oauth2.client_secret"),
                echo,
                proxy,
                plant("header for a proxy", "http.proxy_connect_header"),
                certFile,
                keyFile,
                plant("text sent over TCP", "tcp.query_response[].send"),
                metadata);
    String inline =
        "  key_inline: {prober: http, timeout: 3s, http: {tls_config: {cert: \"%s\", key: \"%s\"}}}\n";
    return http
        + inline.formatted(client.certificate().replace("\n", "\\n"), key.replace("\n", "\\n"));
  }

  private String targets(int echo, int lines, int frames) {
    StringBuilder yaml = new StringBuilder();
    int number = 0;
    for (String module :
        List.of(
            "basic",
            "basic_file",
            "bearer",
            "bearer_file",
            "custom",
            "custom_file",
            "header",
            "values",
            "body",
            "body_file",
            "oauth2",
            "oauth2_file",
            "oauth2_refused")) {
      for (String path : List.of("status", "redirect", "garbage", "header", "up")) {
        yaml.append(
            "  - {name: t%d, url: \"http://127.0.0.1:%d/%s\", module: %s}\n"
                .formatted(number++, echo, path, module));
      }
    }
    String userInfo = plant("userinfo of a target", "targets[].url");
    String query = plant("query of a target", "targets[].url");
    String header = plant("header of a target", "targets[].headers");
    for (String path : List.of("status", "redirect", "garbage", "header", "up")) {
      yaml.append(
          "  - {name: t%d, url: \"http://u:%s@127.0.0.1:%d/%s?token=%s\", headers: {X-Own: \"%s\"}}\n"
              .formatted(number++, userInfo, echo, path, query, header));
    }
    yaml.append(
        "  - {name: t%d, url: \"https://127.0.0.1:%d/\", module: proxy}\n"
            .formatted(number++, echo));
    yaml.append(
        "  - {name: t%d, url: \"http://127.0.0.1:%d/\", module: proxy}\n"
            .formatted(number++, echo));
    yaml.append(
        "  - {name: t%d, url: \"https://127.0.0.1:%d/\", module: key}\n"
            .formatted(number++, lines));
    yaml.append(
        "  - {name: t%d, url: \"https://127.0.0.1:%d/a\", module: key_inline}\n"
            .formatted(number++, lines));
    yaml.append(
        "  - {name: t%d, url: \"127.0.0.1:%d\", module: send}\n".formatted(number++, lines));
    yaml.append(
        "  - {name: t%d, url: \"127.0.0.1:%d\", module: grpc}\n".formatted(number++, frames));
    return yaml.toString();
  }
}
