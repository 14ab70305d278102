package dev.echosounder.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.reader.Surroundings;
import dev.echosounder.schema.BadDocumentException;
import dev.echosounder.schema.ConfigSchema;
import dev.echosounder.schema.YamlText;
import dev.echosounder.testing.Corpus;
import dev.echosounder.testing.Mutations;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationPropertyTest {

  private static final ConfigSchema SCHEMA =
      new ConfigSchema(new JsonObject(Embedded.SCHEMA.read()));
  private static final ConfigSchema WEB_SCHEMA =
      new ConfigSchema(new JsonObject(Embedded.WEB_SCHEMA.read()));
  private static final byte[] DEFAULTS = Embedded.DEFAULTS.read().getBytes();

  static List<String> corpus() {
    return Corpus.of("configurations");
  }

  @Provide
  Arbitrary<String> configurations() {
    return Mutations.of(corpus());
  }

  @Property
  void any_text_is_a_configuration_or_told_to_be_wrong(@ForAll("configurations") String text)
      throws Exception {
    check(text);
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void so_is_each_of_the_corpus(String text) throws Exception {
    check(text);
  }

  private static void check(String text) throws Exception {
    JsonObject file;
    try {
      file = YamlText.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (BadDocumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    Environment environment = Environment.of(Map.of(), SCHEMA);
    Interpreter.Result result =
        new Interpreter(
                SCHEMA, WEB_SCHEMA, environment, new Surroundings(Map.of(), Path.of("target")))
            .interpret(new Layers(YamlText.parse(DEFAULTS), file, new JsonObject()));
    assertThat(result.settings().isPresent()).isEqualTo(result.problems().isEmpty());
    assertThat(result.problems()).allSatisfy(problem -> assertThat(problem).contains("expected"));
  }
}
