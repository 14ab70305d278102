package dev.echosounder.bench;

/** Tells on standard error what is under way. */
final class Progress {

  private Progress() {}

  static void say(String what) {
    System.err.println("bench: " + what);
  }
}
