package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.nats.internal.LastMessages;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.PurgeOptions;
import io.nats.client.api.MessageInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** The bucket JOB_CONTROL: small JSON values that several processes write, each after the revision that it has read. */
final class ControlKeys {
    /** The revision of a key that was never written. */
    static final long NONE = 0;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
    private static final RetryConfig ON_CONFLICT = RetryConfig.custom()
            .maxAttempts(20)
            .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, 1.5, 0.5, LONGEST_PAUSE))
            .retryExceptions(ConflictException.class)
            .build();

    /**
     * What stands under a key.
     *
     * @param value empty if it was never written, or is gone
     * @param revision of the value, or of the mark that it is gone
     */
    record Entry<T>(String key, Optional<T> value, long revision) {}

    private final JobBroker broker;
    private final LastMessages lastMessages;
    private final String prefix;

    ControlKeys(JobBroker broker) {
        this.broker = broker;
        this.lastMessages = broker.lastMessages();
        this.prefix = "$KV." + broker.control() + ".";
    }

    <T> Entry<T> read(String key, Class<T> type) {
        return broker.call("read " + key, () -> {
            try {
                return entry(broker.management().getLastMessage(broker.controlStream(), prefix + key), type);
            } catch (JetStreamApiException e) {
                if (JobBroker.isNotFound(e)) {
                    return new Entry<>(key, Optional.empty(), NONE);
                }
                throw e;
            }
        });
    }

    /**
     * All entries that match, also those that are gone and leave a mark for a while.
     *
     * @param pattern such as {@code worker.training.*}
     */
    <T> List<Entry<T>> list(String pattern, Class<T> type) {
        return lastMessages.of(broker.controlStream(), List.of(prefix + pattern)).stream()
                .map(message -> entry(message, type))
                .toList();
    }

    /** A value that is not JSON of this type is as good as gone: an empty one is the broker's mark of its end. */
    private <T> Entry<T> entry(MessageInfo message, Class<T> type) {
        byte[] data = message.getData();
        Optional<T> value = data == null || data.length == 0
                ? Optional.empty()
                : Optional.of(broker.codec().decode(data, type));
        return new Entry<>(message.getSubject().substring(prefix.length()), value, message.getSeq());
    }

    /**
     * Writes if the options' expectations hold, and waits for it.
     *
     * @return the new revision
     * @throws ConflictException if somebody else wrote meanwhile
     */
    long write(String key, Object value, PublishOptions options) {
        byte[] json = broker.codec().encode(value);
        return broker.call(
                "write " + key,
                () -> broker.jetStream().publish(prefix + key, json, options).getSeqno());
    }

    /** Writes without waiting, for so long, whatever stands there. */
    CompletableFuture<Void> writeFor(String key, Object value, Duration time) {
        byte[] json = broker.codec().encode(value);
        try {
            return broker.jetStream()
                    .publishAsync(prefix + key, json, lasting(time).build())
                    .thenAccept(ack -> {});
        } catch (IllegalStateException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The subject of the bucket's keys, for expectations over several of them. */
    String subject(String pattern) {
        return prefix + pattern;
    }

    static PublishOptions.Builder lasting(Duration time) {
        return PublishOptions.builder().messageTtlSeconds((int) time.toSeconds());
    }

    static PublishOptions after(long revision) {
        return PublishOptions.builder().expectedLastSubjectSequence(revision).build();
    }

    /**
     * Changes the value, again and again until nobody else writes in between.
     *
     * @throws ConflictException if somebody always does
     */
    <T> T update(String key, Class<T> type, UnaryOperator<Optional<T>> change) {
        return Retry.of("update " + key, ON_CONFLICT).executeSupplier(() -> {
            Entry<T> before = read(key, type);
            T after = change.apply(before.value()).orElseThrow();
            write(key, after, after(before.revision()));
            return after;
        });
    }

    /** Removes the key and every trace of it. */
    void remove(String key) {
        broker.call(
                "remove " + key,
                () -> broker.management().purgeStream(broker.controlStream(), PurgeOptions.subject(prefix + key)));
    }
}
