package dev.echosounder.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.Corpus;
import dev.echosounder.testing.Mutations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestPathPropertyTest {

  private static final String RESERVED = "/healthcheck/ready";

  static List<String> corpus() {
    return Corpus.of("request-targets");
  }

  @Provide
  Arbitrary<String> targets() {
    return Mutations.of(corpus());
  }

  @Property
  void any_target_has_one_clean_path_or_none(@ForAll("targets") String target) {
    check(target);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void so_has_each_of_the_corpus(String target) {
    check(target);
  }

  private static void check(String target) {
    RequestPath.of(target)
        .ifPresent(
            path -> {
              assertThat(path).startsWith("/").doesNotContain("/./", "/../");
              assertThat(path).doesNotEndWith("/.").doesNotEndWith("/..");
              assertThat(path.chars()).noneMatch(Character::isISOControl);
              assertThat(RequestPath.of(encoded(path))).as("encoded again").contains(path);
            });
  }

  private static String encoded(String path) {
    return URLEncoder.encode(path, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replaceFirst("%2F", "/");
  }

  @Provide
  Arbitrary<List<Boolean>> choices() {
    return Arbitraries.of(true, false).list().ofSize(RESERVED.length());
  }

  @Property
  void a_reserved_path_is_reserved_however_it_is_encoded(@ForAll("choices") List<Boolean> encode) {
    StringBuilder target = new StringBuilder("/");
    for (int i = 1; i < RESERVED.length(); i++) {
      char c = RESERVED.charAt(i);
      target.append(encode.get(i) ? "%%%02x".formatted((int) c) : String.valueOf(c));
    }
    assertThat(RequestPath.of(target.toString())).contains(RESERVED);
    assertThat(RequestPath.of("http://a/x/.." + target)).contains(RESERVED);
  }
}
