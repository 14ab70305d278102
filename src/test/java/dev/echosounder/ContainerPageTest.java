package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.testing.MarkdownTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerPageTest {

  private static final Path PAGE = Path.of("docs/container.md");

  @Test
  void the_options_of_the_run_time_are_those_on_the_page() throws IOException {
    assertThat(MarkdownTable.below(PAGE, "## Memory, CPUs and the JVM"))
        .extracting(row -> row.get(0))
        .containsExactlyElementsOf(array("options"));
  }

  @Test
  void the_files_of_the_image_are_where_the_page_says() throws IOException {
    String dockerfile = Files.readString(Path.of("docker/Dockerfile"));
    List<String> paths =
        MarkdownTable.below(PAGE, "## What is in it").stream()
            .map(row -> row.get(0))
            .filter(path -> !path.startsWith("/etc/"))
            .toList();

    assertThat(paths).hasSize(4);
    assertThat(paths)
        .allSatisfy(
            path ->
                assertThat(dockerfile)
                    .contains(path.startsWith("/app/") ? Path.of(path).getFileName() + "" : path));
  }

  /** The elements of an array of the script, one a line. */
  private static List<String> array(String name) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docker/cut-runtime"));
    int begin = lines.indexOf(name + "=(");
    int end = begin + lines.subList(begin, lines.size()).indexOf(")");
    return lines.subList(begin + 1, end).stream().map(String::strip).toList();
  }
}
