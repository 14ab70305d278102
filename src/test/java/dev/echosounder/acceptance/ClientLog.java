package dev.echosounder.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What became of the requests of all clients. Used on one event loop until they have ended. */
final class ClientLog {

  private final Map<String, Long> answered = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final AtomicInteger total = new AtomicInteger();
  private int asked;
  private int refused;
  private int connections;

  void connected() {
    connections++;
  }

  /** The number of the next request. */
  int asking() {
    return asked++;
  }

  void answered(Ask ask, Answered answer) {
    if (answer.isRefusal()) {
      refused++;
      return;
    }
    total.incrementAndGet();
    answered.merge(ask.method() + " " + answer.code(), 1L, Long::sum);
    if (!ask.isAnsweredBy(answer)) {
      faults.add(ask + " was answered with " + answer);
    }
  }

  /** An answer that is the one it should be, told as {@code METHOD code}. */
  void answeredWith(String methodAndCode) {
    total.incrementAndGet();
    answered.merge(methodAndCode, 1L, Long::sum);
  }

  void refusedOne() {
    refused++;
  }

  void lost(Ask ask) {
    lost(ask + " was not answered");
  }

  void lost(String fault) {
    faults.add(fault);
  }

  /** How many answers there were so far. May be called from any thread. */
  int total() {
    return total.get();
  }

  /** How many answers there were of each method and code; refusals are not among them. */
  Map<String, Long> answered() {
    return answered;
  }

  /** Requests that went out on an open connection and were not answered, or not rightly. */
  List<String> faults() {
    return faults;
  }

  int refused() {
    return refused;
  }

  int connections() {
    return connections;
  }
}
