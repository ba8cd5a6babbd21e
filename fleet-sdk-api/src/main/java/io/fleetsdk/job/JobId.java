package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import java.util.UUID;

/**
 * What a job is called within its queue.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 _ -}, first a letter or digit
 */
public record JobId(String value) {
    public JobId {
        value = Require.token("jobId", value);
    }

    /**
     * @throws io.fleetsdk.InvalidInputException if it is not a job's id
     */
    public static JobId of(String value) {
        return new JobId(value);
    }

    public static JobId random() {
        return new JobId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
