package dev.echosounder.reader;

import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.Credentials;
import dev.echosounder.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads what is sent as {@code Authorization}: the one kind of it that is configured. */
record CredentialsReader(Problems problems, FilesReader files) {

  private static final String BEARER = "Bearer";

  Optional<Credentials> read(Section http) {
    if (http.has("basic_auth")) {
      return basic(http.section("basic_auth"));
    }
    if (http.has("authorization")) {
      return other(http.section("authorization"));
    }
    return files.headerValue(http, "bearer_token").map(token -> new Credentials(BEARER, token));
  }

  private Optional<Credentials> basic(Section basic) {
    if (files.missing(basic, "username") && files.missing(basic, "password")) {
      problems.add(basic.path(), "neither of them", "a mapping with username and password");
      return Optional.empty();
    }
    String user = text(files.secret(basic, "username"));
    if (user.indexOf(':') >= 0) {
      problems.add(basic.at("username_file"), "a name with a colon", "one without (RFC 7617)");
    }
    String pair = user + ":" + text(files.secret(basic, "password"));
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return Optional.of(new Credentials("Basic", new Secret(encoded)));
  }

  private Optional<Credentials> other(Section section) {
    if (files.missing(section, "credentials")) {
      problems.add(section.path(), "no credentials", "credentials or credentials_file");
      return Optional.empty();
    }
    return files
        .headerValue(section, "credentials")
        .map(value -> new Credentials(section.text("type", BEARER), value));
  }

  private static String text(Optional<Secret> secret) {
    return secret.map(Secret::value).orElse("");
  }
}
