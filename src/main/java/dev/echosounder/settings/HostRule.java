package dev.echosounder.settings;

import java.net.InetAddress;

/** Whom a rule of {@code allow} or {@code deny} is about: addresses, or hosts by their name. */
public sealed interface HostRule permits Network, NamePattern {

  /**
   * Whether the rule is about an address that is dialled.
   *
   * @param host whose address it is, as asked for: a name or an address literal
   */
  boolean covers(String host, InetAddress address);

  /**
   * Reads a network or an address as {@link Network#parse} does, or a name as {@link
   * NamePattern#parse} does.
   *
   * @throws IllegalArgumentException if the text is none of them; a name is never looked up
   */
  static HostRule parse(String text) {
    try {
      return Network.parse(text);
    } catch (IllegalArgumentException notAnAddress) {
      return NamePattern.parse(text);
    }
  }
}
