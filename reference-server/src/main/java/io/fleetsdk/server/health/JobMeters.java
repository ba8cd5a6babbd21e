package io.fleetsdk.server.health;

import io.fleetsdk.server.rest.QueueDto;
import io.fleetsdk.server.rest.QueueView;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Figures of each queue, looked at no more often than every three seconds: scrapes of several servers cost the broker little. Thread-safe. */
final class JobMeters {
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final MeterRegistry registry;
    private final QueueView view;
    private final Clock clock;
    private final MultiGauge waiting;
    private final Map<MultiGauge, ToDoubleFunction<QueueDto>> gauges = new LinkedHashMap<>();
    private final Map<String, AtomicReference<QueueDto>> counted = new ConcurrentHashMap<>();
    private Instant takenAt = Instant.EPOCH;

    JobMeters(MeterRegistry registry, QueueView view, Clock clock) {
        this.registry = registry;
        this.view = view;
        this.clock = clock;
        this.waiting = MultiGauge.builder("fleet.jobs.waiting")
                .description("Ready jobs by queue and priority")
                .register(registry);
        gauge("fleet.jobs.delayed", "Jobs whose time has not come", QueueDto::delayed);
        gauge("fleet.jobs.active", "Jobs with a worker", QueueDto::active);
        gauge(
                "fleet.jobs.oldest.waiting.seconds",
                "Age of the job that has been ready for longest",
                queue -> queue.oldestWaitingSeconds().orElse(0));
        gauge("fleet.jobs.dead.letters", "Jobs in the dead letters", QueueDto::deadLetters);
        gauge("fleet.jobs.add.rate", "Jobs submitted per second, lately", QueueDto::addRate);
        gauge("fleet.jobs.finish.rate", "Jobs ended per second, lately", QueueDto::finishRate);
        gauge("fleet.jobs.workers", "Workers at the queue", QueueDto::workers);
    }

    /** Takes the figures anew where they are not fresh. */
    synchronized void refresh() {
        Instant now = clock.instant();
        if (Duration.between(takenAt, now).abs().compareTo(FRESH) < 0) {
            return;
        }
        show(view.queues());
        takenAt = now;
    }

    private void show(List<QueueDto> queues) {
        waiting.register(queues.stream().flatMap(JobMeters::lanes).toList(), true);
        gauges.forEach((gauge, figure) -> gauge.register(
                queues.stream()
                        .<Row<?>>map(queue -> Row.of(Tags.of("queue", queue.name()), figure.applyAsDouble(queue)))
                        .toList(),
                true));
        queues.forEach(queue ->
                counted.computeIfAbsent(queue.name(), name -> counters(queue)).set(queue));
    }

    private static Stream<Row<?>> lanes(QueueDto queue) {
        QueueDto.Waiting waiting = queue.waiting();
        return Stream.of(
                lane(queue, "critical", waiting.critical()),
                lane(queue, "high", waiting.high()),
                lane(queue, "normal", waiting.normal()),
                lane(queue, "low", waiting.low()));
    }

    private static Row<?> lane(QueueDto queue, String priority, long jobs) {
        return Row.of(Tags.of("queue", queue.name(), "priority", priority), jobs);
    }

    private void gauge(String name, String description, ToDoubleFunction<QueueDto> figure) {
        gauges.put(MultiGauge.builder(name).description(description).register(registry), figure);
    }

    /** The registry holds on to what it counts only weakly: the map of this class does the rest. */
    private AtomicReference<QueueDto> counters(QueueDto queue) {
        AtomicReference<QueueDto> newest = new AtomicReference<>(queue);
        counter("fleet.jobs.submitted", "Jobs ever submitted", queue.name(), newest, QueueDto::submitted);
        counter("fleet.jobs.completed", "Jobs ever succeeded", queue.name(), newest, QueueDto::completed);
        counter("fleet.jobs.failed", "Jobs ever given up", queue.name(), newest, QueueDto::failed);
        return newest;
    }

    private void counter(
            String name,
            String description,
            String queue,
            AtomicReference<QueueDto> newest,
            ToDoubleFunction<QueueDto> figure) {
        FunctionCounter.builder(name, newest, reference -> figure.applyAsDouble(reference.get()))
                .description(description)
                .tag("queue", queue)
                .register(registry);
    }
}
