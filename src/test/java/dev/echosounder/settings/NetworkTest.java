package dev.echosounder.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, true",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/8, 9.255.255.255, false",
    "10.1.2.3/8, 10.9.9.9, true",
    "192.168.4.0/22, 192.168.7.255, true",
    "192.168.4.0/22, 192.168.8.0, false",
    "0.0.0.0/0, 255.1.2.3, true",
    "0.0.0.0/0, ::1, false",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "169.254.0.0/16, ::ffff:169.254.169.254, true",
    "::ffff:10.0.0.0/104, 10.200.0.1, true",
    "::ffff:10.0.0.0/104, 11.0.0.1, false",
    "::ffff:1.2.3.4, 1.2.3.4, true",
    "fe80::/10, fe80::1, true",
    "fe80::/10, febf::1, true",
    "fe80::/10, fec0::1, false",
    "fe80::/10, 10.0.0.1, false",
    "::/0, fd00::1, true",
    "fd00:ec2::254, fd00:ec2::254, true",
    "fd00:ec2::254, fd00:ec2::255, false",
    "64:ff9b::a9fe:0/112, 64:ff9b::a9fe:a9fe, true",
  })
  void a_network_holds_the_addresses_that_share_its_prefix(
      String network, String address, boolean held) throws Exception {
    assertThat(Network.parse(network).contains(InetAddress.getByName(address))).isEqualTo(held);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0/8",
        "10.0.0.0/8/8",
        "fe80::/129",
        "fe80::/x",
        "/8",
        "::ffff:10.0.0.0/95",
        "fe80::1%lo",
        "10.0.0.0/99999999999"
      })
  void what_is_no_network_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text));
  }

  @Test
  void a_network_is_written_as_it_is_read() {
    assertThat(Network.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
    assertThat(Network.parse("10.0.0.1")).isEqualTo(Network.parse("10.0.0.1/32"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, true",
    "10.6.6.6, false",
    "127.0.0.1, false",
    "fd00::1, true",
    "fe80::1, false",
  })
  void an_address_must_be_allowed_and_not_denied(String address, boolean permitted)
      throws Exception {
    AddressFilter filter =
        new AddressFilter(
            List.of(Network.parse("10.0.0.0/8"), Network.parse("::/0")),
            List.of(Network.parse("10.6.0.0/16"), Network.parse("fe80::/10")));

    assertThat(filter.permits(address, InetAddress.getByName(address))).isEqualTo(permitted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void an_unspecified_address_leads_to_this_host_and_is_denied_with_it(String address)
      throws Exception {
    AddressFilter noLoopback =
        new AddressFilter(List.of(), List.of(Network.parse("127.0.0.0/8"), Network.parse("::1")));

    assertThat(noLoopback.permits(address, InetAddress.getByName(address))).isFalse();
  }

  @Test
  void everything_is_allowed_where_nothing_is_named() throws Exception {
    AddressFilter filter = new AddressFilter(List.of(), List.of());

    assertThat(filter.permits("", InetAddress.getByName("169.254.169.254"))).isTrue();
  }
}
