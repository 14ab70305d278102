package dev.echosounder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echosounder.bus.Address;
import dev.echosounder.testing.MarkdownTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitecturePageTest {

  private static final Path PAGE = Path.of("docs/architecture.md");
  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  void the_bus_table_is_that_of_the_code() throws IOException {
    List<List<String>> inCode =
        Address.ALL.stream()
            .map(
                address ->
                    List.of(
                        address.name(),
                        address.sender(),
                        address.receiver(),
                        address.message().getSimpleName(),
                        address.reply() == Void.class ? "" : address.reply().getSimpleName()))
            .toList();

    assertThat(MarkdownTable.below(PAGE, "## The event bus")).isEqualTo(inCode);
  }

  @Test
  void every_package_is_on_the_page() throws IOException {
    List<String> packages;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      packages =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.'))
              .distinct()
              .toList();
    }

    assertThat(MarkdownTable.below(PAGE, "# Architecture"))
        .extracting(row -> row.get(0))
        .containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void every_class_the_page_names_exists() throws IOException {
    List<String> classes;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      classes = files.map(file -> file.getFileName().toString().replace(".java", "")).toList();
    }
    List<String> named =
        Stream.of("## Verticles", "## What the stack has no option for")
            .flatMap(heading -> rows(heading).stream())
            .flatMap(row -> Stream.of(row.get(0).split(", ", -1)))
            .toList();

    assertThat(named).isNotEmpty().isSubsetOf(classes);
  }

  private static List<List<String>> rows(String heading) {
    try {
      return MarkdownTable.below(PAGE, heading);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
