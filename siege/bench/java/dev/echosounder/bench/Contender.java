package dev.echosounder.bench;

import java.io.IOException;
import java.util.Map;

/**
 * One of those that are compared.
 *
 * @param name as it stands in the table
 * @param measuring takes one round
 */
record Contender(String name, Measuring measuring) {

  /** Takes the figures of one round. */
  interface Measuring {

    Map<Figure, Double> round() throws IOException, InterruptedException;
  }
}
