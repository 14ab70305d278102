package dev.echosounder.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsOptionsTest {

  @Test
  void elsewhere_the_client_has_no_certificate_and_the_server_its_own_name() throws Exception {
    TlsOptions.Identity identity =
        new TlsOptions.Identity(
            KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate(), List.of());
    TlsOptions options =
        new TlsOptions(
            true,
            Optional.of("shop.example"),
            Optional.of(TlsOptions.Version.TLS13),
            Optional.empty(),
            List.of(),
            Optional.of(identity));

    TlsOptions elsewhere = options.elsewhere();

    assertThat(elsewhere.identity()).isEmpty();
    assertThat(elsewhere.serverName()).isEmpty();
    assertThat(elsewhere.insecureSkipVerify()).isTrue();
    assertThat(elsewhere.lowest()).contains(TlsOptions.Version.TLS13);
    assertThat(TlsOptions.DEFAULT.elsewhere()).isSameAs(TlsOptions.DEFAULT);
  }
}
