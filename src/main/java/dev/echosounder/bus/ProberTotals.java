package dev.echosounder.bus;

/**
 * What the prober did since it started, and what it is doing.
 *
 * @param inFlight probes under way
 * @param skipped turns of targets whose last probe was still under way
 * @param refused probes on demand that were not begun, since too many were under way
 * @param lag how much later than its turn each scheduled probe started
 */
public record ProberTotals(int inFlight, long skipped, long refused, Distribution lag) {}
