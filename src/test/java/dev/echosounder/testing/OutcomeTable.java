package dev.echosounder.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A table of cases with their outcomes, for people: a page of Markdown below {@code target/}. */
public final class OutcomeTable {

  private final List<String> lines = new ArrayList<>();

  public OutcomeTable(String title, String... columns) {
    lines.add("# " + title);
    lines.add("");
    heading(columns);
  }

  /** Begins another table of the page. */
  public void section(String title, String... columns) {
    lines.add("");
    lines.add("## " + title);
    lines.add("");
    heading(columns);
  }

  private void heading(String... columns) {
    row((Object[]) columns);
    lines.add("|" + "---|".repeat(columns.length));
  }

  /** Adds a row. */
  public void row(Object... cells) {
    StringBuilder line = new StringBuilder("|");
    for (Object cell : cells) {
      String text = String.valueOf(cell).replace("|", "\\|").replaceAll("\\p{Cntrl}", " ");
      line.append(' ').append(text).append(" |");
    }
    lines.add(line.toString());
  }

  /** Writes the page. */
  public void write(String name) throws IOException {
    Path page = Path.of("target", name);
    Files.createDirectories(page.getParent());
    Files.write(page, lines);
  }
}
