package dev.echosounder.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

/** The texts are what blackbox_exporter 0.23 made of certificates with these subjects. */
class DistinguishedNameTest {

  private static final String EVERY_KIND =
      "MIIBRjEUMBIGCgmSJomT8ixkARkWBHRlc3QxFDASBgoJkiaJk/IsZAEZFgRzaG9wMQswCQYDVQQG"
          + "EwJERTEQMA4GA1UECAwHQmF2YXJpYTERMA8GA1UEBwwITcO8bmNoZW4xFzAVBgNVBAkMDk1haW47"
          + "IHN0cmVldCAxMQ4wDAYDVQQRDAU4MDMzMTEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjEPMA0GA1UE"
          + "CgwGU2Vjb25kMQwwCgYDVQQLDANvbmUxDTALBgNVBAsMBCN0d28xJjAkBgNVBAMMHSBsZWFkIDxh"
          + "bmQ+ICJxdW90ZWQiIFwgcGx1cysgMREwDwYDVQQFEwhIUkIgMTIzNDEaMBgGCSqGSIb3DQEJARYL"
          + "YUBzaG9wLnRlc3QxEjAQBgoJkiaJk/IsZAEBDAJ1MTEMMAoGA1UEDAwDYSpi";

  private static final String SEVERAL_VALUES_IN_ONE =
      "MFUxGTAJBgNVBAYTAkRFMAwGA1UECgwFTXVsdGkxCjAIBgNVBAsMAXgxHjAIBgNVBAMMAWEwCAYD"
          + "VQQDDAFiMAgGA1UEBRMBNzEMMAoGA1UEBwwDZW5k";

  private static String text(String der) {
    return DistinguishedName.of(new X500Principal(Base64.getDecoder().decode(der))).text();
  }

  @Test
  void attributes_come_in_the_order_and_with_the_escapes_of_blackbox_exporter() {
    assertThat(text(EVERY_KIND))
        .isEqualTo(
            "SERIALNUMBER=HRB 1234,CN=\\ lead \\<and\\> \\\"quoted\\\" \\\\ plus\\+\\ ,"
                + "OU=one+OU=\\#two,O=Example\\, Inc.+O=Second,POSTALCODE=80331,"
                + "STREET=Main\\; street 1,L=München,ST=Bavaria,C=DE,2.5.4.12=#0c03612a62,"
                + "0.9.2342.19200300.100.1.1=#13027531,"
                + "1.2.840.113549.1.9.1=#0c0b614073686f702e74657374,"
                + "0.9.2342.19200300.100.1.25=#130473686f70,"
                + "0.9.2342.19200300.100.1.25=#130474657374");
  }

  @Test
  void of_several_common_names_the_last_one_is_told() {
    assertThat(text(SEVERAL_VALUES_IN_ONE))
        .isEqualTo("SERIALNUMBER=7,CN=b,OU=x,O=Multi,L=end,C=DE");
  }

  @Test
  void long_values_of_unknown_attributes_have_long_lengths() {
    assertThat(DistinguishedName.of(new X500Principal("1.2.3.4=" + "a".repeat(300))).text())
        .startsWith("1.2.3.4=#1382012c6161");
    assertThat(DistinguishedName.of(new X500Principal("1.2.3.4=" + "a".repeat(200))).text())
        .startsWith("1.2.3.4=#1381c86161");
  }

  @Test
  void a_name_may_be_empty() {
    assertThat(DistinguishedName.of(new X500Principal("")).text()).isEmpty();
  }
}
