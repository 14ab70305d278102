package dev.echosounder.bus;

import java.util.List;

/**
 * What one event loop answered since it started. Totals, not differences, so that a lost message
 * costs nothing.
 *
 * @param loop the number of the event loop's HTTP verticle, from 0
 * @param methods one entry for each method that was answered; GET is there from the start
 * @param refused one entry for each reason why anything was refused before it was looked at
 */
public record EchoTotals(int loop, List<MethodTotals> methods, List<RefusedTotal> refused) {

  public EchoTotals {
    methods = List.copyOf(methods);
    refused = List.copyOf(refused);
  }

  /** Those of an event loop that refused nothing. */
  public EchoTotals(int loop, List<MethodTotals> methods) {
    this(loop, methods, List.of());
  }

  /** The same with these refusals. */
  public EchoTotals withRefused(List<RefusedTotal> others) {
    return new EchoTotals(loop, methods, others);
  }

  /**
   * The answers to one method.
   *
   * @param method the value of the {@code method} label
   * @param codes how often each status code was answered
   * @param latency how long the answers took; its count is the sum of all codes
   * @param exemplars the newest traced answer of each bucket that has one
   */
  public record MethodTotals(
      String method, List<CodeTotal> codes, Distribution latency, List<Exemplar> exemplars) {

    public MethodTotals {
      codes = List.copyOf(codes);
      exemplars = List.copyOf(exemplars);
    }

    /** Those of which none is traced. */
    public MethodTotals(String method, List<CodeTotal> codes, Distribution latency) {
      this(method, codes, latency, List.of());
    }
  }

  /** How often something was refused for one reason, the value of the {@code reason} label. */
  public record RefusedTotal(String reason, long count) {}

  /** How often one status code was answered. */
  public record CodeTotal(int code, long count) {}
}
