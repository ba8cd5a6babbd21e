package io.fleetsdk.quarantine;

import io.fleetsdk.envelope.Malformation;
import java.time.Instant;

/**
 * A message that could not be read.
 *
 * @param reason why, by kind
 * @param detail why, in words
 * @param subject where it was sent
 * @param body the whole message as it came
 * @param at when it was put into quarantine
 */
public record QuarantinedMessage(Malformation reason, String detail, String subject, byte[] body, Instant at) {}
