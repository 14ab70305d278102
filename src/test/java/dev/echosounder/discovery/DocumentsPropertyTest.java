package dev.echosounder.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.Corpus;
import dev.echosounder.testing.Mutations;
import dev.echosounder.testing.TestSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents of file_sd and http_sd. */
class DocumentsPropertyTest {

  static List<String> corpus() {
    return Corpus.of("target-groups");
  }

  @Provide
  Arbitrary<String> documents() {
    return Mutations.of(corpus());
  }

  @Property
  void any_text_tells_targets_or_why_it_does_not(@ForAll("documents") String text) {
    check(text);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void so_does_each_of_the_corpus(String text) {
    check(text);
  }

  private static void check(String text) {
    Documents documents = new Documents(new TargetMaker(new TestSettings().build()));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (String name : List.of("targets.yml", "targets.json")) {
      Answer answer = documents.file(name, new FileContent(Optional.of(bytes), "stamp"));
      assertThat(answer.groups().isPresent()).isEqualTo(answer.problem().isEmpty());
    }
  }
}
