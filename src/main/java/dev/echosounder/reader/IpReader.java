package dev.echosounder.reader;

import dev.echosounder.schema.Problems;
import dev.echosounder.schema.Section;
import dev.echosounder.settings.IpChoice;
import dev.echosounder.settings.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/** Reads which addresses are dialled, and from where. */
record IpReader(Problems problems) {

  IpChoice choice(Section section) {
    IpChoice defaults = IpChoice.DEFAULT;
    Optional<IpChoice> only =
        section.text("ip_protocol").map(text -> new IpChoice(family(text), false));
    return only.orElseGet(
        () ->
            new IpChoice(
                section
                    .text("preferred_ip_protocol")
                    .map(IpReader::family)
                    .orElse(defaults.preferred()),
                section.flag("ip_protocol_fallback", defaults.fallback())));
  }

  /** The local address, which must be able to reach those that are chosen. */
  Optional<InetAddress> source(Section section, IpChoice choice) {
    Optional<InetAddress> source =
        section.text("source_ip_address").map(text -> Network.parse(text).base());
    if (source.isPresent()
        && !choice.fallback()
        && (source.get() instanceof Inet4Address) != (choice.preferred() == IpChoice.Family.IP4)) {
      problems.add(
          section.at("source_ip_address"),
          "an address of the other family",
          "one of the only family that is dialled, "
              + choice.preferred().name().toLowerCase(Locale.ROOT));
    }
    return source;
  }

  private static IpChoice.Family family(String text) {
    return IpChoice.Family.valueOf(text.toUpperCase(Locale.ROOT));
  }
}
