package dev.echosounder.protocol;

import dev.echosounder.settings.Secret;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where an answer sends the client (RFC 9110 section 15.4).
 *
 * @param status one of {@link #CODES}
 * @param location the {@code Location} header
 */
record Redirect(int status, Reference location) {

  private static final Set<Integer> CODES = Set.of(301, 302, 303, 307, 308);

  // What a configured header may hold is secret by definition; these say nothing of who asks.
  private static final List<CharSequence> SENT_TO_ANY_ORIGIN =
      List.of(
          HttpHeaderNames.USER_AGENT,
          HttpHeaderNames.ACCEPT,
          HttpHeaderNames.ACCEPT_ENCODING,
          HttpHeaderNames.ACCEPT_LANGUAGE,
          HttpHeaderNames.CACHE_CONTROL,
          HttpHeaderNames.PRAGMA);

  private static final List<CharSequence> OF_A_BODY =
      List.of(
          HttpHeaderNames.CONTENT_TYPE,
          HttpHeaderNames.CONTENT_ENCODING,
          HttpHeaderNames.CONTENT_LANGUAGE,
          HttpHeaderNames.CONTENT_LOCATION);

  /** Whether an answer is a redirect by its status, with a {@code Location} or without. */
  static boolean isRedirect(HttpResponse response) {
    return CODES.contains(response.status().code());
  }

  /** The redirect that an answer is, if it is one and has a {@code Location}. */
  static Optional<Redirect> of(HttpResponse response) {
    return Optional.ofNullable(response.headers().get(HttpHeaderNames.LOCATION))
        .filter(location -> isRedirect(response))
        .map(location -> new Redirect(response.status().code(), new Reference(location)));
  }

  /**
   * The request that follows. To another origin go neither credentials nor any configured header or
   * body that might hold some.
   *
   * @return empty if the redirect leads nowhere: a Location that is no HTTP URL, or one that would
   *     take a body to another origin
   */
  Optional<Request> after(Request request) {
    Optional<URI> url = location.from(request.url());
    Optional<Origin> origin = url.flatMap(Origin::of);
    return origin.flatMap(next -> request(rewritten(request), url.orElseThrow(), next));
  }

  private static Optional<Request> request(Request request, URI url, Origin origin) {
    boolean sameOrigin = origin.equals(request.origin());
    if (!sameOrigin && request.body().isPresent()) {
      return Optional.empty();
    }
    HttpHeaders headers = sameOrigin ? request.headers() : harmless(request.headers());
    return Optional.of(
        new Request(
            url,
            origin,
            ShownUrl.of(url),
            request.method(),
            headers,
            request.body(),
            request.trace()));
  }

  /** As Go does: after 301, 302 and 303 comes GET, or HEAD after HEAD. */
  private Request rewritten(Request request) {
    HttpMethod method = request.method();
    boolean asItWas = status == 307 || status == 308;
    if (asItWas || method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      return request;
    }
    HttpHeaders headers = request.headers().copy();
    OF_A_BODY.forEach(headers::remove);
    Optional<Secret> none = Optional.empty();
    return new Request(
        request.url(),
        request.origin(),
        request.shown(),
        HttpMethod.GET,
        headers,
        none,
        request.trace());
  }

  private static HttpHeaders harmless(HttpHeaders headers) {
    HttpHeaders kept = new DefaultHttpHeaders();
    SENT_TO_ANY_ORIGIN.stream()
        .filter(headers::contains)
        .forEach(name -> kept.set(name, headers.getAll(name)));
    return kept;
  }
}
