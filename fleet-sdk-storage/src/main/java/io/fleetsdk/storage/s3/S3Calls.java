package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.s3.S3Errors.Effect;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Requests that are tried again while what fails them may pass. The client's own retries are off, so that they are in one place. */
final class S3Calls {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final double GROWTH = 2;
    private static final double SPREAD = 0.3;

    private final Retry retry;

    S3Calls(Duration patience) {
        retry = Retry.of(
                "s3",
                RetryConfig.custom()
                        .maxAttempts(attempts(patience))
                        .intervalFunction(
                                IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, GROWTH, SPREAD, LONGEST_PAUSE))
                        .retryOnException(S3Errors::isPassing)
                        .failAfterMaxAttempts(false)
                        .build());
    }

    /** A request that changes nothing that shows. */
    <T> T read(String doing, Supplier<T> request) {
        return call(doing, request, Effect.NONE);
    }

    /** A request that may be repeated and changes something. */
    <T> T change(String doing, Supplier<T> request) {
        return call(doing, request, Effect.CHANGE);
    }

    /** As {@link #read}, where 404 is "no". */
    <T> Optional<T> find(String doing, Supplier<T> request) {
        return read(doing, () -> {
            try {
                return Optional.of(request.get());
            } catch (SdkException e) {
                if (S3Errors.isNotFound(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private <T> T call(String doing, Supplier<T> request, Effect effect) {
        try {
            return retry.executeSupplier(request);
        } catch (SdkException e) {
            throw S3Errors.classified(doing, e, effect);
        }
    }

    /** So many that their pauses together last about that long. */
    private static int attempts(Duration patience) {
        int attempts = 1;
        double pause = FIRST_PAUSE.toMillis();
        for (double waited = 0; waited < patience.toMillis(); waited += pause / GROWTH) {
            attempts++;
            pause = Math.min(pause * GROWTH, LONGEST_PAUSE.toMillis() * GROWTH);
        }
        return attempts;
    }
}
