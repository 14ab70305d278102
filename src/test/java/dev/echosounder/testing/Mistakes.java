package dev.echosounder.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** A table of wrong documents: blocks of one and the lines it is answered with, after an arrow. */
public final class Mistakes {

  private static final String PROBLEM = "=> ";

  private Mistakes() {}

  /** Each document of a resource, with the list of what is told of it. */
  public static Stream<Arguments> in(String resource) throws IOException {
    try (InputStream in = Mistakes.class.getResourceAsStream(resource)) {
      String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(table.strip().split("\n\n", -1)).map(Mistakes::mistake);
    }
  }

  private static Arguments mistake(String block) {
    Map<Boolean, List<String>> lines =
        block.lines().collect(Collectors.partitioningBy(line -> line.startsWith(PROBLEM)));
    return Arguments.of(
        String.join("\n", lines.get(false)) + "\n",
        lines.get(true).stream().map(line -> line.substring(PROBLEM.length())).toList());
  }
}
