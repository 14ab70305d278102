package dev.echosounder.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Markdown table, made row by row. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> headings) {
    row(headings);
    row(Collections.nCopies(headings.size(), "---"));
  }

  Table row(List<String> cells) {
    if (!rows.isEmpty() && cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException("cells: got " + cells + ", expected " + rows.get(0));
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
    return text.toString();
  }
}
