package dev.echosounder.bus;

/**
 * Asks for the metrics page, or says in which form another one is wanted.
 *
 * @param openMetrics whether OpenMetrics 1.0 is wanted instead of Prometheus text 0.0.4
 * @param gzip whether the page is wanted compressed
 */
public record Scrape(boolean openMetrics, boolean gzip) {}
