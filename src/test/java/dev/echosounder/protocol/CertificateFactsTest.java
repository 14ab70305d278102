package dev.echosounder.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Info;
import dev.echosounder.bus.Measure;
import dev.echosounder.bus.ProbeResult;
import dev.echosounder.bus.Reason;
import dev.echosounder.testing.Authority;
import dev.echosounder.testing.Identity;
import dev.echosounder.testing.Probing;
import dev.echosounder.testing.TlsListener;
import dev.echosounder.testing.Waiting;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CertificateFactsTest {

  private static Authority authority;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Vertx vertx = Vertx.vertx();
  private Probing probing;

  @BeforeAll
  static void found() throws Exception {
    authority = new Authority();
  }

  @BeforeEach
  void start() throws Exception {
    probing = new Probing(vertx, Optional.of(authority.trusted()));
  }

  @AfterEach
  void stop() {
    Waiting.on(vertx.close());
  }

  private ProbeResult probe(Identity identity) throws Exception {
    try (TlsListener listener = TlsListener.start(identity, Optional.empty())) {
      return probing.probe(listener.url("localhost"));
    }
  }

  private static double seconds(Instant at) {
    return at.getEpochSecond();
  }

  @Test
  void the_last_chain_is_the_verified_one_with_its_authority_even_where_that_is_not_presented()
      throws Exception {
    Instant late = authority.expiry().plusSeconds(60_000);
    Identity alone = authority.issue(now.minusSeconds(60), late, "localhost").withoutAuthority();

    ProbeResult result = probe(alone);

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.measures())
        .containsEntry(Measure.SSL_EARLIEST_CERT_EXPIRY, seconds(late))
        .containsEntry(Measure.SSL_LAST_CHAIN_EXPIRY, seconds(authority.expiry()));
  }

  @Test
  void the_latest_beginning_of_the_chain_is_measured() throws Exception {
    Instant beginning = now.minusSeconds(60);

    ProbeResult result = probe(authority.issue(beginning, now.plusSeconds(60_000), "localhost"));

    assertThat(result.measures())
        .containsEntry(Measure.SSL_CHAIN_NOT_BEFORE, seconds(beginning))
        .containsEntry(Measure.SSL_LAST_CHAIN_EXPIRY, seconds(now.plusSeconds(60_000)));
  }

  @Test
  void a_certificate_is_told_with_its_fingerprint_names_and_serial_number() throws Exception {
    Identity identity =
        authority.issueTo(
            new X500Principal("CN=shop, OU=b, OU=a, O=Example, C=DE"),
            new BigInteger("0abc", 16),
            "localhost",
            "shop.test",
            "127.0.0.1");
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(identity.certificate().getEncoded());

    assertThat(probe(identity).infos())
        .containsEntry(
            Info.TLS_CHAIN,
            Map.of(
                "fingerprint_sha256", HexFormat.of().formatHex(digest),
                "subject", "CN=shop,OU=a+OU=b,O=Example,C=DE",
                "issuer", "CN=Authority of a test",
                "subjectalternative", "localhost,shop.test",
                "serialnumber", "0abc"));
  }

  @Test
  void facts_are_there_where_the_certificate_is_refused() throws Exception {
    Instant yesterday = now.minusSeconds(86_400);
    Map<Reason, Identity> refused =
        Map.of(
            Reason.TLS_EXPIRED, authority.issue(yesterday.minusSeconds(60), yesterday, "localhost"),
            Reason.TLS_HOSTNAME, authority.issue("elsewhere.test"),
            Reason.TLS, new Authority().issue("localhost"));

    for (Reason reason : refused.keySet()) {
      Identity identity = refused.get(reason);
      ProbeResult result = probe(identity);

      assertThat(result.reason()).isEqualTo(reason);
      assertThat(result.measures())
          .containsEntry(
              Measure.SSL_EARLIEST_CERT_EXPIRY,
              seconds(identity.certificate().getNotAfter().toInstant()))
          .containsKey(Measure.SSL_CHAIN_NOT_BEFORE)
          .doesNotContainKey(Measure.SSL_LAST_CHAIN_EXPIRY);
      assertThat(result.infos())
          .containsKeys(Info.TLS_CHAIN, Info.TLS_CIPHER)
          .containsEntry(Info.TLS_VERSION, Map.of("version", "TLS 1.3"));
    }
  }

  @Test
  void of_many_alternative_names_as_many_whole_ones_are_told_as_fit() throws Exception {
    String[] many =
        IntStream.range(0, 200).mapToObj("name-%03d.test"::formatted).toArray(String[]::new);
    many[0] = "localhost";

    ProbeResult result = probe(authority.issue(many));

    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.infos().get(Info.TLS_CHAIN).get("subjectalternative"))
        .hasSizeBetween(1000, 1024)
        .startsWith("localhost,name-001.test,")
        .endsWith(".test");
  }
}
