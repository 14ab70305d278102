package dev.echosounder.reader;

import dev.echosounder.schema.Section;
import dev.echosounder.settings.Credentials;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.OAuth2;
import dev.echosounder.settings.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the options of the HTTP prober. */
record HttpReader(
    Inputs inputs, PatternReader patterns, ConditionReader conditions, TlsReader tls) {

  HttpOptions read(Section http) {
    HttpOptions.Client client = client(http);
    return new HttpOptions(
        request(http, client),
        new ChecksReader(patterns, conditions).read(http),
        body(http),
        client);
  }

  private HttpOptions.Request request(Section http, HttpOptions.Client client) {
    FilesReader files = inputs.filesReader();
    Map<String, List<Secret>> headers = new HeadersReader(inputs.problems(), files).all(http);
    HeaderRules rules = new HeaderRules(inputs.problems());
    rules.checkAuthorization(http, headers.keySet(), client);
    http.text("compression").ifPresent(coding -> rules.accept(http, headers, coding));
    Optional<String> body =
        http.has("body_file")
            ? files.text(http.at("body_file"), http.text("body_file").orElseThrow())
            : http.text("body");
    return new HttpOptions.Request(
        http.text("method", HttpOptions.Request.DEFAULT.method()),
        headers,
        body.filter(text -> !text.isEmpty()).map(Secret::new),
        followRedirects(http));
  }

  private boolean followRedirects(Section http) {
    if (!http.has("no_follow_redirects")) {
      return http.flag("follow_redirects", HttpOptions.Request.DEFAULT.followRedirects());
    }
    boolean not = http.flag("no_follow_redirects");
    if (!not && !http.flag("follow_redirects", true)) {
      inputs
          .problems()
          .add(
              http.at("no_follow_redirects"),
              "false beside a follow_redirects that is false",
              "only one of the two");
    }
    return !not;
  }

  private static HttpOptions.ResponseBody body(Section http) {
    long limit = http.has("body_size_limit") ? http.size("body_size_limit") : 0;
    return new HttpOptions.ResponseBody(
        http.text("compression")
            .filter(coding -> !coding.equals("identity"))
            .map(coding -> HttpOptions.Coding.valueOf(coding.toUpperCase(Locale.ROOT))),
        limit == 0 ? OptionalLong.empty() : OptionalLong.of(limit),
        http.has("debug_body_size") ? (int) http.size("debug_body_size") : 0);
  }

  private HttpOptions.Client client(Section http) {
    Optional<Credentials> credentials =
        new CredentialsReader(inputs.problems(), inputs.filesReader()).read(http);
    Optional<OAuth2> oauth2 = new OAuth2Reader(inputs, tls).read(http);
    return new HttpOptions.Client(
        new IpReader(inputs.problems()).choice(http),
        tls.read(http.section("tls_config")),
        http.flag("enable_http2", HttpOptions.Client.DEFAULT.http2()),
        credentials,
        oauth2,
        new ProxyReader(inputs).read(http),
        http.flag("skip_resolve_phase_with_proxy", false));
  }
}
