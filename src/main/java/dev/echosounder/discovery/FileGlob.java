package dev.echosounder.discovery;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of a file, or of many: {@code *} in its last element stands for any characters.
 *
 * @param text absolute or relative to the working directory
 */
record FileGlob(String text) {

  /** The most files of one glob that are read. */
  static final int MAX_FILES = 1_000;

  boolean isPattern() {
    return text.indexOf('*') >= 0;
  }

  /** Whether this pattern stands for a file, whether there is one or not. */
  boolean matches(Path file) {
    return directory().equals(directoryOf(file)) && pattern().matcher(nameOf(file)).matches();
  }

  /**
   * The files, without directories; of more than {@link #MAX_FILES} the first by name, and one
   * more. Blocks.
   *
   * @throws IOException if the directory cannot be read; one that is not there has no files
   */
  NavigableSet<Path> list() throws IOException {
    NavigableSet<Path> files = new TreeSet<>();
    Pattern names = pattern();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(
            directory(),
            file -> names.matcher(nameOf(file)).matches() && !Files.isDirectory(file))) {
      for (Path file : all) {
        files.add(file);
        if (files.size() > MAX_FILES + 1) {
          files.pollLast();
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return files;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  private Path directory() {
    return directoryOf(Path.of(text));
  }

  private Pattern pattern() {
    return Pattern.compile(
        Arrays.stream(nameOf(Path.of(text)).split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  private static Path directoryOf(Path file) {
    return file.getParent() == null ? Path.of("") : file.getParent();
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }
}
