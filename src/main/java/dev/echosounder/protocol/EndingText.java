package dev.echosounder.protocol;

import java.util.function.BooleanSupplier;

/**
 * A text that cannot be read any more once nobody waits for what is read. A regular expression is
 * looked for a character at a time and cannot be interrupted otherwise; one on 10 MiB may take a
 * minute. For one thread.
 */
final class EndingText implements CharSequence {

  private static final int LOOKS = 0x3fff;

  private final CharSequence text;
  private final BooleanSupplier over;
  private int reads;

  /** Thrown where it is read after the end. */
  static final class EndException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EndException() {
      super("nobody waits any more", null, false, false);
    }
  }

  EndingText(CharSequence text, BooleanSupplier over) {
    this.text = text;
    this.over = over;
  }

  @Override
  public char charAt(int index) {
    reads++;
    if ((reads & LOOKS) == 0 && over.getAsBoolean()) {
      throw new EndException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
