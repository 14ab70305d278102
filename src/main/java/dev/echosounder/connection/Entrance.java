package dev.echosounder.connection;

/** Which of the ports a connection comes in by. */
enum Entrance {
  /** That of the echo routes, and of every other one where there is no second port. */
  MAIN,
  /** That of health, metrics and all else, where it is a port of its own. */
  MANAGEMENT
}
