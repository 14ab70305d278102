package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Arguments.Parsed parse(String... args) {
    return Arguments.parse(args, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  @Test
  void nothing_is_needed() {
    assertThat(parse().arguments()).contains(new Arguments(Optional.empty(), false));
  }

  @Test
  void a_file_is_named_in_either_form() {
    Arguments expected = new Arguments(Optional.of(Path.of("a b.yaml")), true);

    assertThat(parse("--config", "a b.yaml", "--check").arguments()).contains(expected);
    assertThat(parse("--check", "--config=a b.yaml").arguments()).contains(expected);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--chekc, Unknown argument: --chekc",
    "shop.yaml, Unknown argument: shop.yaml",
    "-c, Unknown argument: -c",
    "--config, --config needs the path of a file",
    "--config=, --config needs the path of a file",
    "--config --check, --config needs the path of a file",
    "--config a --config b, --config is given twice"
  })
  void a_mistake_is_told_before_the_usage(String line, String message) {
    Arguments.Parsed parsed = parse(line.split(" ", -1));

    assertThat(parsed.arguments()).isEmpty();
    assertThat(parsed.exitCode()).isEqualTo(2);
    assertThat(err.toString().lines())
        .startsWith(message, "Usage: echosounder [--config FILE] [--check]");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void help_ends_the_command_line_well() {
    assertThat(parse("--check", "-h").exitCode()).isZero();
    assertThat(out.toString()).startsWith("Usage: echosounder");
  }
}
