package dev.echosounder.settings;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every text that a probe of one target sends in confidence, so that it can be told from what comes
 * back: servers repeat what they are sent.
 *
 * @param target whose they are
 */
public record KnownSecrets(Target target) {

  private static final String BASIC = "Basic";

  /** The texts, as configured and as sent. */
  public List<String> texts() {
    Stream<String> own =
        Stream.concat(target.headers().values().stream().map(Secret::value), of(target.url()));
    return Stream.concat(own, of(target.module().options()))
        .filter(text -> !text.isEmpty())
        .distinct()
        .toList();
  }

  private static Stream<String> of(ProbeOptions options) {
    if (options instanceof HttpOptions http) {
      return Stream.of(
              values(http.request().headers()),
              http.request().body().stream().map(Secret::value),
              http.client().credentials().stream().flatMap(KnownSecrets::of),
              of(http.client().proxy()),
              http.client().oauth2().stream().flatMap(KnownSecrets::of))
          .flatMap(texts -> texts);
    }
    if (options instanceof TcpOptions tcp) {
      return tcp.dialogue().stream().map(TcpOptions.Step::send);
    }
    return options instanceof GrpcOptions grpc ? values(grpc.metadata()) : Stream.empty();
  }

  private static Stream<String> of(Credentials credentials) {
    String value = credentials.value().value();
    return credentials.scheme().equals(BASIC)
        ? Stream.concat(Stream.of(value), parts(decoded(value)))
        : Stream.of(value);
  }

  private static Stream<String> of(OAuth2 oauth2) {
    return Stream.of(
            Stream.of(oauth2.clientSecret().value()),
            oauth2.endpointParams().values().stream().map(Secret::value),
            of(oauth2.tokenUrl()),
            of(oauth2.proxy()))
        .flatMap(texts -> texts);
  }

  private static Stream<String> of(ProxyOptions proxy) {
    return Stream.concat(
        values(proxy.connectHeaders()),
        Stream.of(proxy.forHttp(), proxy.forHttps())
            .flatMap(Optional::stream)
            .flatMap(KnownSecrets::of));
  }

  private static Stream<String> of(TargetUrl url) {
    Stream<String> userInfo =
        url.userInfo().map(Secret::value).stream()
            .flatMap(pair -> Stream.concat(parts(pair), Stream.of(encoded(pair))));
    return Stream.concat(userInfo, url.hiddenValues().stream());
  }

  private static Stream<String> parts(String pair) {
    return Stream.of(pair, pair.substring(pair.indexOf(':') + 1));
  }

  private static String encoded(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String value) {
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  private static Stream<String> values(Map<String, List<Secret>> lists) {
    return lists.values().stream().flatMap(Collection::stream).map(Secret::value);
  }
}
