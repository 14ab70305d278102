package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.settings.HttpOptions;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.TlsOptions;
import dev.echosounder.settings.TlsOptions.Version;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.TlsListener;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsOptionsTest {

  private static Authority authority;
  private static Identity server;

  private final Vertx vertx = Vertx.vertx();
  private Probing probing;

  @BeforeAll
  static void issue() throws Exception {
    authority = new Authority();
    server = authority.issue("localhost", "shop.test", "127.0.0.1");
  }

  @BeforeEach
  void start() throws Exception {
    probing = new Probing(vertx, Optional.of(new Authority().trusted()));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private static TlsOptions believing(X509Certificate... authorities) {
    return options(false, Optional.empty(), List.of(authorities), Optional.empty());
  }

  private static TlsOptions options(
      boolean insecure,
      Optional<String> serverName,
      List<X509Certificate> authorities,
      Optional<TlsOptions.Identity> identity) {
    return new TlsOptions(
        insecure, serverName, Optional.empty(), Optional.empty(), authorities, identity);
  }

  private ProbeResult probe(TlsListener listener, String host, TlsOptions tls) {
    HttpOptions.Client usual = HttpOptions.Client.DEFAULT;
    HttpOptions.Client client =
        new HttpOptions.Client(
            IpChoice.DEFAULT,
            tls,
            false,
            usual.credentials(),
            usual.oauth2(),
            usual.proxy(),
            usual.resolveByProxy());
    return probing.probe(listener.url(host), HttpOptions.DEFAULT.with(client));
  }

  @Test
  void a_module_believes_its_own_authorities_and_no_others() throws Exception {
    try (TlsListener listener = TlsListener.start(server, Optional.empty())) {
      assertThat(probe(listener, "localhost", TlsOptions.DEFAULT).reason()).isEqualTo(Reason.TLS);
      assertThat(probe(listener, "localhost", believing(new Authority().certificate())).reason())
          .isEqualTo(Reason.TLS);
      assertThat(
              probe(
                      listener,
                      "localhost",
                      believing(new Authority().certificate(), authority.certificate()))
                  .reason())
          .isEqualTo(Reason.OK);
    }
  }

  @Test
  void an_insecure_module_accepts_anything_and_still_tells_what_it_saw() throws Exception {
    Instant yesterday = Instant.now().minusSeconds(86_400);
    Identity expired = authority.issue(yesterday.minusSeconds(60), yesterday, "someone-else.test");
    TlsOptions insecure = options(true, Optional.empty(), List.of(), Optional.empty());
    try (TlsListener listener = TlsListener.start(expired, Optional.empty())) {
      ProbeResult result = probe(listener, "localhost", insecure);

      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.measures())
          .containsEntry(Measure.SSL_EARLIEST_CERT_EXPIRY, (double) yesterday.getEpochSecond())
          .containsKey(Measure.SSL_CHAIN_NOT_BEFORE)
          .doesNotContainKey(Measure.SSL_LAST_CHAIN_EXPIRY);
      assertThat(result.infos().get(Info.TLS_CHAIN))
          .containsEntry("subjectalternative", "someone-else.test");
    }
  }

  @Test
  void the_server_name_is_what_is_asked_for_and_verified() throws Exception {
    TlsOptions believed = believing(authority.certificate());
    try (TlsListener listener = TlsListener.start(server, Optional.empty())) {
      assertThat(probe(listener, "127.0.0.1", believed.withServerName("shop.test")).reason())
          .isEqualTo(Reason.OK);
      assertThat(probe(listener, "localhost", believed.withServerName("other.test")).reason())
          .isEqualTo(Reason.TLS_HOSTNAME);

      assertThat(listener.clients().get(0).serverName()).hasValue("shop.test");
    }
  }

  @Test
  void an_address_is_verified_but_never_asked_for_by_name() throws Exception {
    TlsOptions believed = believing(authority.certificate());
    try (TlsListener listener = TlsListener.start(server, Optional.empty())) {
      assertThat(probe(listener, "127.0.0.1", believed).reason()).isEqualTo(Reason.OK);
      assertThat(probe(listener, "localhost", believed.withServerName("127.0.0.1")).reason())
          .isEqualTo(Reason.OK);
      assertThat(probe(listener, "localhost", believed.withServerName("127.0.0.2")).reason())
          .isEqualTo(Reason.TLS_HOSTNAME);

      assertThat(listener.clients()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(listener.clients())
          .allSatisfy(client -> assertThat(client.serverName()).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void a_server_that_asks_for_a_certificate_gets_the_one_of_the_module(String version)
      throws Exception {
    Identity client =
        authority.issueTo(new X500Principal("CN=prober"), BigInteger.TWO, "prober.test");
    List<X509Certificate> believed = List.of(authority.certificate());
    try (TlsListener listener = TlsListener.start(server, Optional.of(authority), version)) {
      TlsOptions with = options(false, Optional.empty(), believed, Optional.of(client.forClient()));
      TlsOptions without = options(false, Optional.empty(), believed, Optional.empty());

      assertThat(probe(listener, "localhost", with).reason()).isEqualTo(Reason.OK);
      assertThat(listener.clients().get(0).subject()).hasValue("CN=prober");
      assertThat(probe(listener, "localhost", without).reason()).isEqualTo(Reason.TLS);
      assertThat(listener.clients()).hasSize(1);
    }
  }

  @Test
  void a_certificate_of_the_module_that_the_server_does_not_believe_is_tls() throws Exception {
    Identity stranger =
        new Authority().issueTo(new X500Principal("CN=stranger"), BigInteger.TWO, "x.test");
    try (TlsListener listener = TlsListener.start(server, Optional.of(authority), "TLSv1.2")) {
      TlsOptions tls =
          options(
              false,
              Optional.empty(),
              List.of(authority.certificate()),
              Optional.of(stranger.forClient()));

      assertThat(probe(listener, "localhost", tls).reason()).isEqualTo(Reason.TLS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, , , TLS 1.2",
    "TLSv1.3, , , TLS 1.3",
    "'TLSv1.2,TLSv1.3', , , TLS 1.3",
    "'TLSv1.2,TLSv1.3', , TLS12, TLS 1.2",
    "'TLSv1.2,TLSv1.3', TLS13, , TLS 1.3"
  })
  void the_highest_version_that_both_speak_is_spoken_and_told(
      String spoken, Version lowest, Version highest, String told) throws Exception {
    try (TlsListener listener = TlsListener.start(server, Optional.empty(), spoken.split(","))) {
      ProbeResult result = probe(listener, "localhost", between(lowest, highest));

      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.infos()).containsEntry(Info.TLS_VERSION, Map.of("version", told));
      assertThat(result.infos().get(Info.TLS_CIPHER).get("cipher")).startsWith("TLS_");
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, TLS13, ", "TLSv1.3, , TLS12"})
  void no_version_that_both_may_speak_is_tls(String spoken, Version lowest, Version highest)
      throws Exception {
    try (TlsListener listener = TlsListener.start(server, Optional.empty(), spoken)) {
      assertThat(probe(listener, "localhost", between(lowest, highest)).reason())
          .isEqualTo(Reason.TLS);
    }
  }

  private static TlsOptions between(Version lowest, Version highest) {
    return new TlsOptions(
        false,
        Optional.empty(),
        Optional.ofNullable(lowest),
        Optional.ofNullable(highest),
        List.of(authority.certificate()),
        Optional.empty());
  }
}
