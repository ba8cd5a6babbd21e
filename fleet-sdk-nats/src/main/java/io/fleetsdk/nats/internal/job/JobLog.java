package io.fleetsdk.nats.internal.job;

import io.fleetsdk.Subscription;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobQuery;
import io.fleetsdk.nats.internal.Delivery;
import io.fleetsdk.telemetry.Overflow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The newest 10,000 jobs of each queue, read from the broker from the first question on and followed from then on. Inputs are not kept, nor
 * results and details of more than a few KiB. Closed with the fleet.
 */
final class JobLog implements Subscription {
    private static final Overflow HELD_STEPS = Overflow.dropOldest(100_000);

    private record Watcher(Predicate<Job> which, Delivery<Job> delivery) {}

    private final JobBroker broker;
    private final Map<String, QueueLog> queues = new ConcurrentHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final JobLogReader reader;

    JobLog(JobBroker broker, QueueStreams streams, JobMessages messages, JobRecords records) {
        this.broker = broker;
        this.reader = new JobLogReader(broker, streams, messages, records, this::queue);
    }

    private QueueLog queue(String name) {
        return queues.computeIfAbsent(name, missing -> new QueueLog(missing, this::announce));
    }

    List<Job> list(String queue, JobQuery query) {
        reader.ensureReading();
        return queue(queue).list(query);
    }

    Subscription watch(Predicate<Job> which, Consumer<Job> handler) {
        reader.ensureReading();
        Watcher watcher = new Watcher(which, Delivery.start(broker.name() + "-jobs", HELD_STEPS, handler));
        watchers.add(watcher);
        return new Subscription() {
            @Override
            public long dropped() {
                return watcher.delivery().dropped();
            }

            @Override
            public void close() {
                watchers.remove(watcher);
                watcher.delivery().close();
            }
        };
    }

    private void announce(Job job) {
        watchers.forEach(watcher -> {
            if (watcher.which().test(job)) {
                watcher.delivery().offer(job);
            }
        });
    }

    @Override
    public void close() {
        reader.close();
        watchers.forEach(watcher -> watcher.delivery().close());
    }
}
