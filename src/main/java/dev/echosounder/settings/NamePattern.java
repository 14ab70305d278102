package dev.echosounder.settings;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Hosts by their name: {@code example.org} is that one, {@code *.example.org} are all below it, at
 * any depth, without it. Letter case and a final dot make no difference, and a name with letters
 * beyond ASCII is its ASCII form (IDNA 2003).
 *
 * @param name in its canonical form, see {@link HostText#name}
 * @param below whether the names below it are meant, and not it
 */
public record NamePattern(String name, boolean below) implements HostRule {

  private static final Pattern FORM =
      Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");

  private static final String ANY_BELOW = "*.";
  private static final int LONGEST = 253;

  public NamePattern {
    if (!FORM.matcher(name).matches()
        || name.length() > LONGEST
        || HostText.endsInNumber(name)
        || HostText.address(name).isPresent()) {
      throw new IllegalArgumentException(
          "got \"" + name + "\", expected a name such as example.org or *.example.org");
    }
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException if the text is none, or an address in an unusual spelling
   */
  public static NamePattern parse(String text) {
    boolean below = text.startsWith(ANY_BELOW);
    return new NamePattern(HostText.name(below ? text.substring(ANY_BELOW.length()) : text), below);
  }

  /** Whether this is about a host. */
  public boolean covers(String host) {
    String asked = HostText.name(host);
    return below ? asked.endsWith("." + name) : asked.equals(name);
  }

  @Override
  public boolean covers(String host, InetAddress address) {
    return covers(host);
  }

  /** As it is written. */
  @Override
  public String toString() {
    return (below ? ANY_BELOW : "") + name;
  }
}
