package io.fleetsdk.nats.internal.job;

import io.fleetsdk.ConflictException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobRef;
import io.nats.client.api.MessageInfo;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the effects that must not repeat came to: entries beside the record of their job. */
final class OnceEffects {
    private static final Logger log = LoggerFactory.getLogger(OnceEffects.class);
    private static final byte[] NOTHING = {};

    private final JobBroker broker;
    private final JobRecords records;

    OnceEffects(JobBroker broker, JobRecords records) {
        this.broker = broker;
        this.records = records;
    }

    /**
     * @throws ConflictException if the job is no longer this attempt's
     */
    <T> T once(Attempt attempt, String key, Class<T> type, Callable<T> action) throws Exception {
        JobRef ref = attempt.ref();
        String subject = records.subject(ref) + ".once." + Require.token("key", key);
        Optional<byte[]> kept = kept(subject);
        if (kept.isPresent()) {
            return decoded(kept.get(), type);
        }
        records.awaited("record job " + ref, attempt.journal().write(record -> record));
        T value = action.call();
        byte[] stored = keep(subject, value == null ? NOTHING : broker.codec().encode(value));
        return decoded(stored, type);
    }

    private Optional<byte[]> kept(String subject) {
        return broker.call("read " + subject, () -> {
            try {
                MessageInfo info = broker.management().getLastMessage(broker.recordStream(), subject);
                return Optional.of(info.getData() == null ? NOTHING : info.getData());
            } catch (io.nats.client.JetStreamApiException e) {
                if (JobBroker.isNotFound(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** What is kept: this, or what another attempt kept meanwhile. */
    private byte[] keep(String subject, byte[] value) {
        try {
            records.awaited("keep " + subject, records.writeEntry(subject, value, JobRecords.NONE));
            return value;
        } catch (ConflictException e) {
            log.warn("An effect of a job was done twice, by two attempts at the same time: {}", subject);
            return kept(subject).orElse(value);
        }
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // an action may come to nothing
    private <T> T decoded(byte[] json, Class<T> type) {
        return json.length == 0 ? null : broker.codec().decode(json, type);
    }
}
