package dev.echosounder.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFilterTest {

  private static final List<String> ADDRESSES =
      List.of(
          "10.0.0.1",
          "10.1.0.1",
          "10.1.2.3",
          "192.168.0.1",
          "127.0.0.1",
          "0.0.0.0",
          "::1",
          "fd00::1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                 | -           | -           | -",
        "10.0.0.0/8        | -           | -           | -",
        "-                 | 10.0.0.0/8  | 10.1.0.0/16 | -",
        "10.0.0.0/8        | 10.1.2.3    | 10.1.0.0/16 | -",
        "10.1.0.0/16       | -           | 10.0.0.0/8  | 10.1.2.0/24",
        "10.0.0.0/8        | -           | 192.168.0.0/16 | -",
        "10.0.0.0/8,::/0   | ::1         | fd00::/8,10.1.0.0/16 | 10.1.2.3",
        "10.0.0.0/8        | -           | 10.0.0.0/8  | -",
        "127.0.0.1         | -           | 0.0.0.0/0   | -",
        "0.0.0.0/0         | 127.0.0.0/8 | 0.0.0.0     | -",
      })
  void two_filters_together_permit_what_both_do(
      String allow, String deny, String otherAllow, String otherDeny) throws Exception {
    AddressFilter one = new AddressFilter(networks(allow), networks(deny));
    AddressFilter other = new AddressFilter(networks(otherAllow), networks(otherDeny));

    for (String text : ADDRESSES) {
      InetAddress address = InetAddress.getByName(text);
      boolean both = one.permits(text, address) && other.permits(text, address);
      assertThat(one.and(other).permits(text, address)).as(text).isEqualTo(both);
      assertThat(other.and(one).permits(text, address)).as(text).isEqualTo(both);
    }
  }

  private static List<Network> networks(String text) {
    return text == null ? List.of() : Stream.of(text.split(",")).map(Network::parse).toList();
  }
}
