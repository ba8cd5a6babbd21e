package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.Connection;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who waits for jobs that records of them were stored: one message per queue and batch, with nothing but the jobs' ids. The broker's
 * own announcement of each record took a fifth of its work for a job, whether or not anybody waited. Whoever dies between storing and
 * telling tells nobody, so those who wait also look from time to time.
 */
final class StoredRecords {
    private static final Logger log = LoggerFactory.getLogger(StoredRecords.class);

    private final Connection connection;
    private final String prefix;

    StoredRecords(JobBroker broker) {
        this.connection = broker.connection();
        this.prefix = JobRecords.subjects(broker);
    }

    /** Tells of records that are stored, by their subjects. */
    void tell(List<String> subjects) {
        Map<String, StringBuilder> ids = new HashMap<>();
        for (String subject : subjects) {
            int queueEnd = subject.indexOf('.', prefix.length());
            if (queueEnd > 0 && subject.indexOf('.', queueEnd + 1) < 0) {
                ids.computeIfAbsent(subject.substring(prefix.length(), queueEnd), queue -> new StringBuilder())
                        .append(subject, queueEnd + 1, subject.length())
                        .append('\n');
            }
        }
        try {
            ids.forEach((queue, text) -> connection.publish(
                    JobSubjects.stored(queue), text.toString().getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalStateException | IllegalArgumentException e) {
            // Not connected, or more ids than a message of this broker holds.
            log.debug("Who waits for {} jobs finds their ends later", subjects.size(), e);
        }
    }

    /** Takes such a message apart. */
    static void read(String queue, byte[] ids, Consumer<JobRef> each) {
        new String(ids, StandardCharsets.US_ASCII)
                .lines()
                .map(JobId::of)
                .forEach(id -> each.accept(new JobRef(queue, id)));
    }
}
