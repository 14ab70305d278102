package dev.echosounder.bus;

/**
 * What became of the spans of this process so far.
 *
 * @param exported taken by the collector
 * @param queueFull dropped because too many were waiting
 * @param failed dropped because the collector did not take them
 */
public record TracingTotals(long exported, long queueFull, long failed) {}
