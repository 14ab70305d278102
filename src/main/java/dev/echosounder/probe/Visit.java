package dev.echosounder.probe;

import dev.echosounder.config.AddressFilter;
import dev.echosounder.config.Target;

/**
 * What one probe is given.
 *
 * @param target whom to probe
 * @param dialable which addresses may be dialled
 * @param deadline when the probe ends
 */
record Visit(Target target, AddressFilter dialable, Deadline deadline) {}
