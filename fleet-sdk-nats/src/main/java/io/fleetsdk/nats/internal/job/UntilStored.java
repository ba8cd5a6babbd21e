package io.fleetsdk.nats.internal.job;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/** Repeats a step as long as the broker is away; the heartbeat time-out decides who owns the job meanwhile. */
final class UntilStored {
    private static final Retry PASSING = Retry.of(
            "until stored",
            RetryConfig.custom()
                    .maxAttempts(Integer.MAX_VALUE)
                    .intervalFunction(IntervalFunction.of(Duration.ofMillis(250)))
                    .retryOnException(UntilStored::isPassing)
                    .build());

    private final ScheduledExecutorService ticker;

    UntilStored(ScheduledExecutorService ticker) {
        this.ticker = ticker;
    }

    <T> CompletableFuture<T> run(Supplier<CompletionStage<T>> step) {
        return PASSING.executeCompletionStage(ticker, step).toCompletableFuture();
    }

    /** Whether the same step may come through later. */
    static boolean isPassing(Throwable failure) {
        Throwable cause = causeOf(failure);
        return cause instanceof UnavailableException || cause instanceof UnknownOutcomeException;
    }

    /** What failed, without the wrapping of futures. */
    static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
