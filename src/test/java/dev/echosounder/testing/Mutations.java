package dev.echosounder.testing;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Inputs of a corpus that are changed in some places, and what has nothing to do with it. */
public final class Mutations {

  private static final int MOST = 6;
  private static final int LONGEST = 200;
  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\0",
          " ",
          "\t",
          ":",
          ";",
          ",",
          "/",
          "..",
          "%2f",
          "%",
          "-",
          "+",
          "0",
          "9999999999",
          "\"",
          "'",
          "{",
          "}",
          "[",
          "]",
          "&a",
          "*a",
          "#",
          "?",
          "@",
          "\u007f",
          "\u0080",
          "\u00ff",
          "\ufeff",
          "\uff0f",
          "\ud800",
          "e999",
          "NaN");

  /** One change: what stands at a place, in thousandths of the length, gives way to a text. */
  private record Change(int place, int removed, String added) {

    String to(String text) {
      int start = text.length() * place / 1000;
      int end = Math.min(text.length(), start + removed);
      return text.substring(0, start) + added + text.substring(end);
    }
  }

  private Mutations() {}

  /** Any text. */
  public static Arbitrary<String> of(List<String> corpus) {
    return Arbitraries.frequencyOf(
        Tuple.of(8, changed(corpus, pieces())),
        Tuple.of(1, Arbitraries.strings().ofMaxLength(LONGEST)));
  }

  /** Any text of which each character stands for a byte. */
  public static Arbitrary<String> ofBytes(List<String> corpus) {
    Arbitrary<String> latin = pieces().filter(piece -> piece.chars().allMatch(c -> c < 0x100));
    Arbitrary<String> bytes =
        Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(LONGEST);
    return Arbitraries.frequencyOf(Tuple.of(8, changed(corpus, latin)), Tuple.of(1, bytes));
  }

  private static Arbitrary<String> pieces() {
    return Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ascii().ofMaxLength(3));
  }

  private static Arbitrary<String> changed(List<String> corpus, Arbitrary<String> pieces) {
    Arbitrary<Change> change =
        Combinators.combine(
                Arbitraries.integers().between(0, 1000),
                Arbitraries.integers().between(0, 4),
                pieces)
            .as(Change::new);
    return Combinators.combine(Arbitraries.of(corpus), change.list().ofMaxSize(MOST))
        .as(
            (text, changes) -> {
              String result = text;
              for (Change each : changes) {
                result = each.to(result);
              }
              return result;
            });
  }
}
