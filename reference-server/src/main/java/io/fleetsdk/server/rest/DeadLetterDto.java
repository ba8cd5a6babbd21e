package io.fleetsdk.server.rest;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.DeadLetter;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobError;
import io.fleetsdk.json.JsonCodec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job that was given up.
 *
 * @param size of the payload in bytes
 * @param headers of the original message
 * @param input the payload, where it is JSON
 * @param payload the payload's bytes, whatever they are, in Base64
 */
public record DeadLetterDto(
        String queue,
        String id,
        String type,
        Instant at,
        JobError reason,
        List<JobAttempt> attempts,
        int size,
        Optional<Map<String, List<String>>> headers,
        Optional<Object> input,
        Optional<String> payload) {

    /** Without what may be large. */
    public static DeadLetterDto brief(DeadLetter letter) {
        return of(letter, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The whole original message. */
    public static DeadLetterDto of(DeadLetter letter, JsonCodec codec) {
        byte[] payload = letter.payload();
        return of(
                letter,
                Optional.of(letter.headers()),
                ShownJson.of(json(payload, codec)),
                Optional.of(Base64.getEncoder().encodeToString(payload)));
    }

    private static DeadLetterDto of(
            DeadLetter letter,
            Optional<Map<String, List<String>>> headers,
            Optional<Object> input,
            Optional<String> payload) {
        return new DeadLetterDto(
                letter.ref().queue(),
                letter.ref().id().value(),
                letter.type(),
                letter.at(),
                letter.reason(),
                letter.attempts(),
                letter.payload().length,
                headers,
                input,
                payload);
    }

    /** Being no JSON may be why it is here. */
    private static Optional<Object> json(byte[] payload, JsonCodec codec) {
        try {
            return Optional.of(codec.decode(payload, Object.class));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }
}
