package dev.echosounder.settings;

import com.google.re2j.Pattern;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The options of the DNS prober, whose targets are name servers.
 *
 * @param ip which of the server's addresses is asked
 * @param source the local address to ask from
 * @param transport how the question is sent
 * @param tls how TLS is done, where the transport is {@link Transport#TLS}
 * @param question what is asked
 * @param validRcodes the response codes (RFC 6895 section 2.3) that are up
 * @param answer what the answer section must be like
 * @param authority what the authority section must be like
 * @param additional what the additional section must be like
 */
public record DnsOptions(
    IpChoice ip,
    Optional<InetAddress> source,
    Transport transport,
    TlsOptions tls,
    Question question,
    Set<Integer> validRcodes,
    Records answer,
    Records authority,
    Records additional)
    implements ProbeOptions {

  public DnsOptions {
    Objects.requireNonNull(ip, "ip");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(tls, "tls");
    Objects.requireNonNull(question, "question");
    validRcodes = Set.copyOf(validRcodes);
    Objects.requireNonNull(answer, "answer");
    Objects.requireNonNull(authority, "authority");
    Objects.requireNonNull(additional, "additional");
  }

  @Override
  public Protocol protocol() {
    return Protocol.DNS;
  }

  /** How a question is sent: UDP, TCP (RFC 7766), or TLS (RFC 7858). */
  public enum Transport {
    UDP,
    TCP,
    TLS
  }

  /**
   * What is asked.
   *
   * @param name a domain name in ASCII, with or without the final dot
   * @param type the number of the record type
   * @param dnsClass the number of the class
   * @param recursionDesired whether the server is asked to ask others
   */
  public record Question(String name, int type, int dnsClass, boolean recursionDesired) {

    public Question {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * What the records of a section must be like, each in the form of a zone file (RFC 1035 section
   * 5.1).
   *
   * @param failIfMatches no record may match any
   * @param failIfAllMatch every record must match every one; blackbox_exporter does not do what the
   *     key says
   * @param failIfNotMatches every record must match every one
   * @param failIfNoneMatches a record must match
   */
  public record Records(
      List<Pattern> failIfMatches,
      List<Pattern> failIfAllMatch,
      List<Pattern> failIfNotMatches,
      List<Pattern> failIfNoneMatches) {

    /** Any records, or none. */
    public static final Records ANY = new Records(List.of(), List.of(), List.of(), List.of());

    public Records {
      failIfMatches = List.copyOf(failIfMatches);
      failIfAllMatch = List.copyOf(failIfAllMatch);
      failIfNotMatches = List.copyOf(failIfNotMatches);
      failIfNoneMatches = List.copyOf(failIfNoneMatches);
    }
  }
}
