package io.fleetsdk.nats.internal.job;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.protocol.JobSubjects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which stream keeps which queue, as the broker says; found ones are remembered. */
final class QueueStreams {
    private final JobBroker broker;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    QueueStreams(JobBroker broker) {
        this.broker = broker;
    }

    Optional<String> find(String queue) {
        String stream = known.get(queue);
        if (stream == null) {
            Optional<String> found = asked(queue);
            found.ifPresent(name -> known.put(queue, name));
            return found;
        }
        return Optional.of(stream);
    }

    /**
     * @throws NotFoundException if the broker has no such queue
     */
    String of(String queue) {
        return find(queue)
                .orElseThrow(() -> new NotFoundException("the broker has no queue " + queue + ": define it first"));
    }

    /** Names of all queues, sorted. */
    List<String> queues() {
        return broker.call(
                "list queues",
                () -> broker.management().getStreams(JobSubjects.queue("*")).stream()
                        .flatMap(info -> info.getConfiguration().getSubjects().stream())
                        .filter(subject -> subject.startsWith("jobs."))
                        .map(JobSubjects::queueOf)
                        .sorted()
                        .distinct()
                        .toList());
    }

    private Optional<String> asked(String queue) {
        return broker.call(
                "find queue " + queue,
                () -> broker.management().getStreamNames(JobSubjects.queue(queue)).stream()
                        .findFirst());
    }
}
