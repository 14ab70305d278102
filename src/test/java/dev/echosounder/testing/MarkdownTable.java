package dev.echosounder.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of a page of the documentation, as rows of cells without their code marks. */
public final class MarkdownTable {

  private MarkdownTable() {}

  /** The rows of the first table after a heading, without the heading row. */
  public static List<List<String>> below(Path page, String heading) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean found = false;
    for (String line : Files.readAllLines(page)) {
      if (line.equals(heading)) {
        found = true;
      } else if (found && line.startsWith("|")) {
        rows.add(cells(line));
      } else if (!rows.isEmpty()) {
        break;
      }
    }
    return rows.subList(2, rows.size());
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
        .map(cell -> cell.replace("`", "").strip())
        .toList();
  }
}
