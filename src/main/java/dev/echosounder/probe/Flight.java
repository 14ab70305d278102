package dev.echosounder.probe;

import dev.echosounder.bus.ProbeResult;
import io.vertx.core.Future;

/**
 * A probe on its way, from the moment it is wanted: it waits for a slot, then it runs. Or the
 * attempts of a turn as one.
 *
 * @param result never fails
 * @param abort ends it early; its result then says nothing about the target
 */
record Flight(Future<ProbeResult> result, Runnable abort) {}
