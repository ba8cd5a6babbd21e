package io.fleetsdk.nats.internal.job;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.ChildOutcome;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.LastMessages;
import io.fleetsdk.nats.internal.job.JobTerms.ChildTerms;
import io.nats.client.api.MessageInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The children of flows, as their records tell. */
final class FlowChildren {
    private static final Logger log = LoggerFactory.getLogger(FlowChildren.class);
    /** Records that come with one request: some of them are large. */
    private static final int CHUNK = 100;
    /** Records are kept for seven days: a child of which there is nothing then has ended before. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final JobBroker broker;
    private final JobRecords records;
    private final JobPlaces places;
    private final ResultObjects results;
    private final LastMessages lastMessages;
    private final LeaderReads leader;

    FlowChildren(JobBroker broker, JobRecords records, JobPlaces places, ResultObjects results) {
        this.broker = broker;
        this.records = records;
        this.places = places;
        this.results = results;
        this.lastMessages = broker.lastMessages();
        this.leader = new LeaderReads(broker);
    }

    /** How they stand now, in their order. */
    List<ChildOutcome> outcomes(List<ChildTerms> children) {
        List<ChildOutcome> outcomes = new ArrayList<>(children.size());
        for (int from = 0; from < children.size(); from += CHUNK) {
            List<ChildTerms> chunk = children.subList(from, Math.min(children.size(), from + CHUNK));
            Map<String, JobRecord> found = recorded(chunk);
            chunk.forEach(child ->
                    outcomes.add(outcome(child, Optional.ofNullable(found.get(records.subject(child.ref()))))));
        }
        return outcomes;
    }

    private Map<String, JobRecord> recorded(List<ChildTerms> children) {
        List<String> subjects =
                children.stream().map(child -> records.subject(child.ref())).toList();
        Map<String, JobRecord> found = new HashMap<>();
        for (MessageInfo message : lastMessages.of(broker.recordStream(), subjects)) {
            byte[] json = message.getData();
            if (json != null) {
                found.put(message.getSubject(), records.decode(json));
            }
        }
        return found;
    }

    private ChildOutcome outcome(ChildTerms child, Optional<JobRecord> record) {
        return new ChildOutcome(
                child.ref(),
                child.type(),
                record.map(JobRecord::state).orElseGet(() -> waiting(child.ref())),
                record.flatMap(this::result));
    }

    private JobState waiting(JobRef child) {
        return places.find(child)
                .map(placed -> switch (placed.place()) {
                    case READY -> JobState.WAITING;
                    case DELAYED -> JobState.DELAYED;
                    case HELD -> JobState.BLOCKED;
                })
                .orElse(JobState.WAITING);
    }

    private Optional<Object> result(JobRecord record) {
        return record.resultObject().map(this::large).orElse(record.result());
    }

    private Optional<Object> large(String object) {
        try {
            return Optional.of(broker.codec().decode(results.get(object), Object.class));
        } catch (NotFoundException e) {
            log.debug("A child's result is no longer kept", e);
            return Optional.empty();
        }
    }

    /**
     * Whether the child has ended.
     *
     * @param submitted when its parent was
     */
    boolean hasEnded(JobRef child, Instant submitted) {
        return leader.last(broker.recordStream(), records.subject(child))
                .flatMap(message -> Optional.ofNullable(message.getData()))
                .map(json -> records.decode(json).isFinal())
                .orElseGet(() -> broker.clock().instant().isAfter(submitted.plus(KEPT))
                        && places.find(child).isEmpty());
    }
}
