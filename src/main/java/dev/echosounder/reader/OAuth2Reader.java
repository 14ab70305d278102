package dev.echosounder.reader;

import dev.echosounder.schema.Section;
import dev.echosounder.settings.OAuth2;
import dev.echosounder.settings.Secret;
import dev.echosounder.settings.TargetUrl;
import java.util.Optional;

/** Reads where a bearer token comes from. */
record OAuth2Reader(Inputs inputs, TlsReader tls) {

  Optional<OAuth2> read(Section http) {
    return http.has("oauth2") ? grant(http.section("oauth2")) : Optional.empty();
  }

  private Optional<OAuth2> grant(Section section) {
    Secret secret =
        inputs.filesReader().secret(section, "client_secret").orElseGet(() -> new Secret(""));
    Optional<TargetUrl> tokenUrl =
        section
            .text("token_url")
            .flatMap(
                text ->
                    new UrlReader(inputs.problems(), inputs.secretQueryParameters())
                        .http(section.at("token_url"), text));
    return tokenUrl.flatMap(
        url ->
            section
                .text("client_id")
                .map(
                    client ->
                        new OAuth2(
                            client,
                            secret,
                            url,
                            section.list("scopes", scope -> (String) scope),
                            section.texts("endpoint_params", Secret::new),
                            tls.read(section.section("tls_config")),
                            new ProxyReader(inputs).read(section))));
  }
}
