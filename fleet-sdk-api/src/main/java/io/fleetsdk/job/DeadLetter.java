package io.fleetsdk.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A job that was given up, whole.
 *
 * @param type the name it was submitted with; empty where the message does not say
 * @param reason why it was given up
 * @param attempts every one, with its error and times
 * @param headers of the original message
 * @param payload the original message's bytes, JSON or not; a copy
 */
public record DeadLetter(
        JobRef ref,
        String type,
        Instant at,
        JobError reason,
        List<JobAttempt> attempts,
        Map<String, List<String>> headers,
        byte[] payload) {
    public DeadLetter {
        attempts = List.copyOf(attempts);
        headers = Map.copyOf(headers);
        payload = payload.clone();
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }
}
