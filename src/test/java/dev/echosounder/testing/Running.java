package dev.echosounder.testing;

/** The service under test, wherever it runs, once it listens. */
public interface Running extends AutoCloseable {

  /** Where it answers every route. */
  int port();

  /** Where it answers the reserved paths; the same port unless configured otherwise. */
  int managementPort();

  /** Asks it to stop, and does not wait. */
  void askToStop();

  /** Waits until it has stopped in order; fails if it does not. */
  void awaitStop();

  /** Ends it at once, if it still runs. */
  @Override
  void close();
}
