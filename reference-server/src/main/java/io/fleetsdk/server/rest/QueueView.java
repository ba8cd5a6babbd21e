package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobFigures;
import io.fleetsdk.job.JobQueue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at queues, each time anew, and remembers of earlier looks what rates need. Thread-safe. */
public final class QueueView {
    private final Fleet fleet;
    private final Map<String, QueueRates> rates = new ConcurrentHashMap<>();

    public QueueView(Fleet fleet) {
        this.fleet = fleet;
    }

    /** All queues, by name. */
    public List<QueueDto> queues() {
        return fleet.jobs().queues().stream()
                .map(this::found)
                .flatMap(Optional::stream)
                .toList();
    }

    public QueueDto queue(String name) {
        JobQueue queue = fleet.jobs().queue(name);
        JobFigures figures = queue.figures();
        return QueueDto.of(
                figures,
                rates.computeIfAbsent(name, any -> new QueueRates()).at(figures),
                queue.limits(),
                queue.workers().size());
    }

    /** A queue may be taken away between its name and its figures. */
    private Optional<QueueDto> found(String name) {
        try {
            return Optional.of(queue(name));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }
}
