package dev.echosounder.settings;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The options of the HTTP prober.
 *
 * @param request what is sent
 * @param checks what the answer must be like
 * @param body how the answer's body is read
 * @param client how the server is reached
 */
public record HttpOptions(Request request, Checks checks, ResponseBody body, Client client)
    implements ProbeOptions {

  /** blackbox_exporter's defaults: GET, any 2xx, redirects followed, HTTP/2 where it is offered. */
  public static final HttpOptions DEFAULT =
      new HttpOptions(Request.DEFAULT, Checks.DEFAULT, ResponseBody.DEFAULT, Client.DEFAULT);

  public HttpOptions {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(checks, "checks");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(client, "client");
  }

  @Override
  public Protocol protocol() {
    return Protocol.HTTP;
  }

  @Override
  public IpChoice ip() {
    return client.ip();
  }

  /** These options with another request. */
  public HttpOptions with(Request other) {
    return new HttpOptions(other, checks, body, client);
  }

  /** These options with other checks. */
  public HttpOptions with(Checks other) {
    return new HttpOptions(request, other, body, client);
  }

  /** These options with another way of reading the body. */
  public HttpOptions with(ResponseBody other) {
    return new HttpOptions(request, checks, other, client);
  }

  /** These options with another way to the server. */
  public HttpOptions with(Client other) {
    return new HttpOptions(request, checks, body, other);
  }

  /**
   * What is sent.
   *
   * @param method the request method, upper case
   * @param headers sent with each request; {@code Host} replaces the one from the URL
   * @param body sent with each request, if any
   * @param followRedirects whether a redirect is followed or judged as it is
   */
  public record Request(
      String method,
      Map<String, List<Secret>> headers,
      Optional<Secret> body,
      boolean followRedirects) {

    /** GET, redirects followed. */
    public static final Request DEFAULT = new Request("GET", Map.of(), Optional.empty(), true);

    public Request {
      Objects.requireNonNull(method, "method");
      headers = Map.copyOf(headers);
      Objects.requireNonNull(body, "body");
    }
  }

  /**
   * What the answer must be like, that of the last hop.
   *
   * @param statusCodes the codes that are up
   * @param versions the versions that are up, such as {@code HTTP/1.1} or {@code HTTP/2.0}; empty
   *     stands for all
   * @param tls whether the last hop must use TLS
   * @param bodyMatches the body must match none of these
   * @param bodyNotMatches the body must match all of these
   * @param jsonMatches must not be true of the body
   * @param jsonNotMatches must be true of the body
   * @param headerMatches no header may match
   * @param headerNotMatches a header must match each
   */
  public record Checks(
      StatusCodes statusCodes,
      Set<String> versions,
      TlsUse tls,
      List<Pattern> bodyMatches,
      List<Pattern> bodyNotMatches,
      Optional<JsonCondition> jsonMatches,
      Optional<JsonCondition> jsonNotMatches,
      List<HeaderMatch> headerMatches,
      List<HeaderMatch> headerNotMatches) {

    /** Any 2xx. */
    public static final Checks DEFAULT = withCodes(StatusCodes.SUCCESSFUL);

    public Checks {
      Objects.requireNonNull(statusCodes, "statusCodes");
      versions = Set.copyOf(versions);
      Objects.requireNonNull(tls, "tls");
      bodyMatches = List.copyOf(bodyMatches);
      bodyNotMatches = List.copyOf(bodyNotMatches);
      Objects.requireNonNull(jsonMatches, "jsonMatches");
      Objects.requireNonNull(jsonNotMatches, "jsonNotMatches");
      headerMatches = List.copyOf(headerMatches);
      headerNotMatches = List.copyOf(headerNotMatches);
    }

    /** No check but that of the status code. */
    public static Checks withCodes(StatusCodes codes) {
      return new Checks(
          codes,
          Set.of(),
          TlsUse.EITHER,
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of());
    }

    /** Whether the body is matched against regular expressions. */
    public boolean matchBody() {
      return !bodyMatches.isEmpty() || !bodyNotMatches.isEmpty();
    }

    /** Whether the body is read as JSON. */
    public boolean readJson() {
      return jsonMatches.isPresent() || jsonNotMatches.isPresent();
    }

    /** Whether headers are matched against regular expressions. */
    public boolean matchHeaders() {
      return !headerMatches.isEmpty() || !headerNotMatches.isEmpty();
    }
  }

  /** Whether the last hop must use TLS. */
  public enum TlsUse {
    EITHER,
    REQUIRED,
    FORBIDDEN
  }

  /**
   * What the values of a header are matched against.
   *
   * @param header its name, in any case of letters
   * @param pattern found anywhere in a value
   * @param allowMissing whether an answer without the header is good
   */
  public record HeaderMatch(String header, Pattern pattern, boolean allowMissing) {

    public HeaderMatch {
      Objects.requireNonNull(header, "header");
      Objects.requireNonNull(pattern, "pattern");
    }
  }

  /**
   * How the answer's body is read.
   *
   * @param coding the content coding (RFC 9110 section 8.4.1) that the body must have
   * @param sizeLimit the longest body in bytes, decoded; where none is given a body that is decoded
   *     or checked may have 10 MiB, any other is counted to its end
   * @param debugBytes how much of the body {@code /probe?debug=true} shows
   */
  public record ResponseBody(Optional<Coding> coding, OptionalLong sizeLimit, int debugBytes) {

    /** As it comes, of any length, never shown. */
    public static final ResponseBody DEFAULT =
        new ResponseBody(Optional.empty(), OptionalLong.empty(), 0);

    public ResponseBody {
      Objects.requireNonNull(coding, "coding");
      Objects.requireNonNull(sizeLimit, "sizeLimit");
    }
  }

  /** The content codings that can be decoded. */
  public enum Coding {
    GZIP,
    DEFLATE,
    BR;

    /** As it is written in {@code Accept-Encoding}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How the server is reached.
   *
   * @param ip which of the name's addresses is dialled
   * @param tls how TLS is done
   * @param http2 whether HTTP/2 is spoken with servers that choose it by ALPN
   * @param credentials sent to the target's origin
   * @param oauth2 where a bearer token for the target's origin comes from
   * @param proxy the way to the server
   * @param resolveByProxy whether names are left to the proxy, where one is used
   */
  public record Client(
      IpChoice ip,
      TlsOptions tls,
      boolean http2,
      Optional<Credentials> credentials,
      Optional<OAuth2> oauth2,
      ProxyOptions proxy,
      boolean resolveByProxy) {

    /** Directly, without credentials. */
    public static final Client DEFAULT =
        new Client(
            IpChoice.DEFAULT,
            TlsOptions.DEFAULT,
            true,
            Optional.empty(),
            Optional.empty(),
            ProxyOptions.DIRECT,
            false);

    public Client {
      Objects.requireNonNull(ip, "ip");
      Objects.requireNonNull(tls, "tls");
      Objects.requireNonNull(credentials, "credentials");
      Objects.requireNonNull(oauth2, "oauth2");
      Objects.requireNonNull(proxy, "proxy");
    }

    /** The same way with other TLS. */
    public Client with(TlsOptions other) {
      return new Client(ip, other, http2, credentials, oauth2, proxy, resolveByProxy);
    }
  }
}
