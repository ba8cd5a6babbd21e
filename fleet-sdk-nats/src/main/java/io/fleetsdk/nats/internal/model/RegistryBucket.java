package io.fleetsdk.nats.internal.model;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.nats.internal.LastMessages;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfoOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JSON values under keys. Nothing is overwritten that was not read before: each write says after which revision. */
final class RegistryBucket {
    private static final Logger log = LoggerFactory.getLogger(RegistryBucket.class);

    private static final RetryConfig ON_SILENCE = RetryConfig.custom()
            .maxAttempts(4)
            .intervalFunction(IntervalFunction.ofExponentialBackoff(Duration.ofMillis(100), 2))
            .retryExceptions(UnavailableException.class, UnknownOutcomeException.class)
            .build();

    private static final RetryConfig WHILE_OTHERS_WRITE = RetryConfig.<Optional<?>>custom()
            .maxAttempts(50)
            .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(2), 1.5, 0.5, Duration.ofMillis(60)))
            .retryOnResult(Optional::isEmpty)
            .retryOnException(failure -> false)
            .build();

    /**
     * What stands under a key.
     *
     * @param revision of this value, in the whole bucket
     */
    record Entry<T>(T value, long revision) {}

    /**
     * What must not have changed when a write arrives.
     *
     * @param keys one key, or a pattern for several
     * @param revision the last one of all of them; 0 for never written
     */
    record Guard(String keys, long revision) {
        static Guard isNew(String key) {
            return new Guard(key, 0);
        }
    }

    private final ModelBroker broker;
    private final LastMessages lastMessages;
    private final String prefix;

    RegistryBucket(ModelBroker broker) {
        this.broker = broker;
        this.lastMessages = new LastMessages(broker.connection(), broker.codec(), broker.requestTimeout());
        this.prefix = "$KV." + broker.bucket() + ".";
    }

    <T> Optional<Entry<T>> read(String key, Class<T> type) {
        Optional<MessageInfo> found = last(key).filter(message -> !isRemoved(message.getData()));
        try {
            return found.map(message -> entry(message.getData(), message.getSeq(), type));
        } catch (InvalidInputException e) {
            throw new UnavailableException("the registry's entry " + key + " cannot be read", e);
        }
    }

    /** What somebody removed with the broker's own tools; its number stays taken. */
    private static boolean isRemoved(byte @Nullable [] value) {
        return value == null || value.length == 0;
    }

    /** The guard of all keys that match, as they are now. */
    Guard guard(String keys) {
        return new Guard(keys, last(keys).map(MessageInfo::getSeq).orElse(0L));
    }

    private Optional<MessageInfo> last(String keys) {
        return ModelBroker.call("read " + keys, () -> {
            try {
                return Optional.of(broker.management().getLastMessage(broker.stream(), prefix + keys));
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() != BrokerErrors.STREAM_NOT_FOUND && BrokerErrors.isNotFound(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** All that match, however many: one request to find the keys and one for every thousand of them. */
    <T> List<Entry<T>> list(String pattern, Class<T> type) {
        List<String> subjects = subjects(pattern);
        List<Entry<T>> found = new ArrayList<>(subjects.size());
        for (int from = 0; from < subjects.size(); from += LastMessages.MOST) {
            List<String> some = subjects.subList(from, Math.min(from + LastMessages.MOST, subjects.size()));
            for (MessageInfo message : lastMessages.of(broker.stream(), some)) {
                readable(message.getSubject(), message.getData(), message.getSeq(), type)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /** The keys that match. */
    List<String> keys(String pattern) {
        return subjects(pattern).stream()
                .map(subject -> subject.substring(prefix.length()))
                .toList();
    }

    private List<String> subjects(String pattern) {
        StreamInfoOptions matching = StreamInfoOptions.filterSubjects(prefix + pattern);
        return ModelBroker.call(
                "list " + pattern,
                () -> List.copyOf(broker.management()
                        .getStreamInfo(broker.stream(), matching)
                        .getStreamState()
                        .getSubjectMap()
                        .keySet()));
    }

    /** All kept values of a key, the oldest first. */
    <T> List<Entry<T>> history(String key, Class<T> type) {
        List<KeyValueEntry> kept = ModelBroker.call(
                "read the history of " + key,
                () -> broker.connection().keyValue(broker.bucket()).history(key));
        List<Entry<T>> values = new ArrayList<>(kept.size());
        for (KeyValueEntry entry : kept) {
            readable(key, entry.getValue(), entry.getRevision(), type).ifPresent(values::add);
        }
        return values;
    }

    /** One entry that nobody can read does not hide the others. */
    private <T> Optional<Entry<T>> readable(String key, byte @Nullable [] value, long revision, Class<T> type) {
        try {
            return value == null || isRemoved(value) ? Optional.empty() : Optional.of(entry(value, revision, type));
        } catch (InvalidInputException e) {
            log.error("The registry's entry {} cannot be read; passed over", key, e);
            return Optional.empty();
        }
    }

    private <T> Entry<T> entry(byte[] value, long revision, Class<T> type) {
        return new Entry<>(broker.codec().decode(value, type), revision);
    }

    /**
     * Writes, again and again under one message id while the broker is silent: it stores the value once.
     *
     * @return the revision of the value; empty if the guard does not hold
     */
    OptionalLong write(String key, Object value, Guard guard) {
        byte[] json = broker.codec().encode(value);
        PublishOptions guarded = PublishOptions.builder()
                .messageId(UUID.randomUUID().toString())
                .expectedLastSubjectSequence(guard.revision())
                .expectedLastSubjectSequenceSubject(prefix + guard.keys())
                .build();
        try {
            return OptionalLong.of(
                    Retry.of("write " + key, ON_SILENCE).executeSupplier(() -> store(key, json, guarded)));
        } catch (ConflictException e) {
            return OptionalLong.empty();
        }
    }

    private long store(String key, byte[] json, PublishOptions guarded) {
        return ModelBroker.call(
                "write " + key,
                () -> broker.jetStream().publish(prefix + key, json, guarded).getSeqno());
    }

    /**
     * Reads, decides and writes until nobody else writes in between.
     *
     * @param once empty if its guard did not hold
     * @throws ConflictException if somebody always does
     */
    static <T> T change(String what, Supplier<Optional<T>> once) {
        return Retry.of("change " + what, WHILE_OTHERS_WRITE)
                .executeSupplier(once)
                .orElseThrow(() -> new ConflictException(what + " is being changed by others all the time"));
    }
}
