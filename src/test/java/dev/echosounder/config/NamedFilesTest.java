package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.settings.Credentials;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.testing.PemText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedFilesTest extends ConfigFixture {

  private Path put(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  /** The configuration of one module with these options of HTTP, each %s one of the values. */
  private static String module(String options, Object... values) {
    String filled = options;
    for (Object value : values) {
      filled = filled.replaceFirst("%s", Matcher.quoteReplacement(value.toString()));
    }
    return "modules: {m: {prober: http, http: {" + filled + "}}}\n";
  }

  private HttpOptions http(String options, Object... values) throws Exception {
    return (HttpOptions) settings(module(options, values)).modules().get("m").options();
  }

  private List<String> problems(String options, Object... values) throws Exception {
    return read(module(options, values)).problems();
  }

  @Test
  void user_and_password_come_from_files_without_white_space_at_their_ends() throws Exception {
    Path user = put("user", "  ada\n");
    Path password = put("password", "s3 cret:\u00e4\r\n\n");

    HttpOptions http = http("basic_auth: {username_file: %s, password_file: %s}", user, password);

    String expected =
        Base64.getEncoder().encodeToString("ada:s3 cret:\u00e4".getBytes(StandardCharsets.UTF_8));
    assertThat(http.client().credentials())
        .contains(new Credentials("Basic", new Secret(expected)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bearer_token_file: %s | Bearer",
        "authorization: {credentials_file: %s} | Bearer",
        "authorization: {type: Token, credentials_file: %s} | Token",
      })
  void a_token_comes_from_a_file(String options, String scheme) throws Exception {
    assertThat(http(options, put("token", "t0k.en\n")).client().credentials())
        .contains(new Credentials(scheme, new Secret("t0k.en")));
  }

  @Test
  void the_secret_of_an_oauth2_client_comes_from_a_file() throws Exception {
    HttpOptions http =
        http(
            "oauth2: {client_id: c, token_url: 'http://h/t', client_secret_file: %s}",
            put("secret", "abc\n"));

    assertThat(http.client().oauth2().orElseThrow().clientSecret()).isEqualTo(new Secret("abc"));
  }

  @Test
  void the_values_of_a_header_come_from_everywhere() throws Exception {
    HttpOptions http =
        http(
            "headers: {x-a: one}, http_headers: {X-A: {values: [two], secrets: [three],"
                + " files: [%s]}, X-B: {}}",
            put("four", "four\n"));

    assertThat(http.request().headers().entrySet())
        .singleElement()
        .satisfies(header -> assertThat(header.getKey()).isEqualTo("x-a"))
        .satisfies(
            header ->
                assertThat(header.getValue())
                    .extracting(Secret::value)
                    .containsExactly("one", "two", "three", "four"));
  }

  @Test
  void a_body_comes_from_a_file_as_it_is() throws Exception {
    assertThat(http("body_file: %s", put("body", " {}\n")).request().body())
        .contains(new Secret(" {}\n"));
    assertThat(http("body_file: %s", put("body", "")).request().body()).isEmpty();
  }

  @Test
  void a_file_of_a_secret_must_hold_text() throws Exception {
    assertThat(problems("bearer_token_file: %s", put("token", "\n")))
        .containsExactly(
            "modules.m.http.bearer_token_file: got a file without text,"
                + " expected a file that holds the secret");
    assertThat(problems("bearer_token_file: %s", put("token", "hunter2\nhunter3\n")))
        .containsExactly(
            "modules.m.http.bearer_token_file: got a file with several lines, control characters or"
                + " characters beyond Latin-1, expected a file that holds a header value");
    Path binary = Files.write(directory.resolve("body"), new byte[] {'a', (byte) 0xff});
    assertThat(problems("body_file: %s", binary))
        .containsExactly(
            "modules.m.http.body_file: got a file with bytes that are not UTF-8,"
                + " expected a text file");
  }

  @Test
  void a_file_may_have_a_mebibyte_and_no_more() throws Exception {
    assertThat(http("body_file: %s", put("body", "a".repeat(1 << 20))).request().body())
        .isPresent();
    assertThat(problems("body_file: %s", put("body", "a".repeat((1 << 20) + 1))))
        .containsExactly(
            "modules.m.http.body_file: got more than 1 MiB,"
                + " expected a file of at most 1 MiB that can be read");
  }

  @ParameterizedTest
  @CsvSource({
    "EC, 256, SHA256withECDSA",
    "EC, 521, SHA256withECDSA",
    "RSA, 2048, SHA256withRSA",
    "RSA, 1024, SHA256withRSA",
    "Ed25519, 0, Ed25519"
  })
  void a_client_has_a_certificate_and_its_key(String algorithm, int size, String signature)
      throws Exception {
    PemText pem = PemText.of(algorithm, size, signature);
    Path certificate = put("cert", "# a comment: \u00e4\n" + pem.certificate());

    for (String key :
        List.of(pem.key(), pem.oldKey(), "text\n" + pem.oldKey() + pem.certificate())) {
      TlsOptions tls =
          http("tls_config: {cert_file: %s, key_file: %s}", certificate, put("key", key))
              .client()
              .tls();

      assertThat(tls.identity().orElseThrow().chain()).hasSize(1);
      assertThat(tls.toString()).doesNotContain("PrivateKey");
    }
  }

  @Test
  void a_key_must_fit_its_certificate() throws Exception {
    PemText pem = PemText.ofCurve();
    Path certificate = put("cert", pem.certificate());
    Path key = put("key", PemText.ofCurve().key());
    Path rsa = put("rsa", PemText.of("RSA", 2048, "SHA256withRSA").key());

    for (Path other : List.of(key, rsa)) {
      assertThat(problems("tls_config: {cert_file: %s, key_file: %s}", certificate, other))
          .containsExactly(
              "modules.m.http.tls_config.key_file: got a key that does not fit the certificate,"
                  + " expected the certificate's key");
    }
  }

  @Test
  void authorities_come_from_a_bundle_or_from_the_configuration() throws Exception {
    PemText one = PemText.ofCurve();
    Path bundle = put("bundle", one.certificate() + "\n" + PemText.ofCurve().certificate());
    String inline = one.certificate().replace("\n", "\\n");

    assertThat(http("tls_config: {ca_file: %s}", bundle).client().tls().authorities()).hasSize(2);
    assertThat(http("tls_config: {ca: \"%s\"}", inline).client().tls().authorities())
        .containsExactly(
            http("tls_config: {ca_file: %s}", bundle).client().tls().authorities().get(0));
  }

  @Test
  void a_certificate_that_is_cut_is_refused() throws Exception {
    String text = PemText.ofCurve().certificate();
    String broken = text.replaceFirst("\n[^\n]{20}", "\n");

    assertThat(problems("tls_config: {ca_file: %s}", put("ca", broken)))
        .containsExactly(
            "modules.m.http.tls_config.ca_file: got a broken certificate,"
                + " expected PEM with at least one block -----BEGIN CERTIFICATE-----");
    assertThat(problems("tls_config: {ca_file: %s}", put("ca", text.substring(0, 200))))
        .containsExactly(
            "modules.m.http.tls_config.ca_file: got no certificate,"
                + " expected PEM with at least one block -----BEGIN CERTIFICATE-----");
  }
}
