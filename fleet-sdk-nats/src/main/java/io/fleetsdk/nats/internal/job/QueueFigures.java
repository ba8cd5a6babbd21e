package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobFigures;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.nats.internal.job.JobCounters.Count;
import io.fleetsdk.protocol.JobSubjects;
import io.fleetsdk.protocol.JobSubjects.Lane;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A queue in numbers, read from the broker's own counts. No job is loaded, but the oldest of each lane. */
final class QueueFigures {
    /** With more lanes than this one long answer of the broker costs less than one for each. */
    private static final int FEW_LANES = 16;

    private record LaneInfo(Lane lane, ConsumerInfo info) {}

    private final String queue;
    private final JobParts parts;
    private final JobBroker broker;
    private final MessageCount counts;

    QueueFigures(String queue, JobParts parts) {
        this.queue = queue;
        this.parts = parts;
        this.broker = parts.broker();
        this.counts = new MessageCount(broker);
    }

    JobFigures now() {
        String stream = parts.streams().of(queue);
        List<LaneInfo> lanes = lanes(stream);
        Instant now = parts.time().now();
        return new JobFigures(
                queue,
                now,
                parts.pause().isPaused(queue),
                waiting(lanes),
                counts.of(stream, "count-delayed", JobSubjects.allDelayed(queue)),
                lanes.stream().mapToLong(lane -> lane.info().getNumAckPending()).sum(),
                oldest(stream, lanes).map(time -> age(time, now)),
                parts.counters().read(queue, Count.SUBMITTED),
                parts.counters().read(queue, Count.COMPLETED),
                parts.counters().read(queue, Count.FAILED),
                counts.of(broker.deadLetters(), "count-" + queue, JobSubjects.deadLetters(queue)));
    }

    private List<LaneInfo> lanes(String stream) {
        List<Lane> all = parts.lanes().all(queue);
        return broker.call("read lanes of " + queue, () -> {
            Map<String, ConsumerInfo> infos = infos(stream, all);
            return all.stream()
                    .flatMap(
                            lane -> Optional.ofNullable(infos.get(QueueLanes.consumer(lane)))
                                    .map(info -> new LaneInfo(lane, info))
                                    .stream())
                    .toList();
        });
    }

    private Map<String, ConsumerInfo> infos(String stream, List<Lane> lanes) throws IOException, JetStreamApiException {
        JetStreamManagement management = broker.management();
        if (lanes.size() > FEW_LANES) {
            return management.getConsumers(stream).stream()
                    .collect(Collectors.toMap(ConsumerInfo::getName, Function.identity()));
        }
        Map<String, ConsumerInfo> infos = new HashMap<>();
        for (Lane lane : lanes) {
            String name = QueueLanes.consumer(lane);
            infos.put(name, management.getConsumerInfo(stream, name));
        }
        return infos;
    }

    private static Map<JobPriority, Long> waiting(List<LaneInfo> lanes) {
        return Arrays.stream(JobPriority.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        priority -> lanes.stream()
                                .filter(lane -> lane.lane().priority() == priority)
                                .mapToLong(lane -> lane.info().getNumPending())
                                .sum()));
    }

    /** When the job that has been ready for longest became so. */
    private Optional<Instant> oldest(String stream, List<LaneInfo> lanes) {
        List<Instant> firsts = new ArrayList<>();
        for (LaneInfo lane : lanes) {
            if (lane.info().getNumPending() > 0) {
                first(stream, lane).ifPresent(firsts::add);
            }
        }
        return firsts.stream().min(Instant::compareTo);
    }

    private Optional<Instant> first(String stream, LaneInfo lane) {
        long next = lane.info().getDelivered().getStreamSequence() + 1;
        return broker.call("read the first of " + lane.lane(), () -> {
            try {
                return Optional.of(broker.management()
                        .getNextMessage(stream, next, lane.lane().jobs())
                        .getTime()
                        .toInstant());
            } catch (JetStreamApiException e) {
                if (JobBroker.isNotFound(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    private static Duration age(Instant since, Instant now) {
        return now.isBefore(since) ? Duration.ZERO : Duration.between(since, now);
    }
}
