package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.DaemonThreads;
import io.fleetsdk.nats.internal.LastMessages;
import io.fleetsdk.nats.internal.job.JobPlaces.Placed;
import io.fleetsdk.nats.internal.job.JobRecords.Recorded;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that this process waits for. The broker republishes each record as it stores it, so one core subscription per job hears of
 * its end at once. Core messages can be lost, so each job is also read: once after its subscription stands, again after each
 * reconnect, every 30 s, and when its time runs out. Many reads are one request.
 */
final class AwaitedJobs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AwaitedJobs.class);
    private static final long REREAD_SECONDS = 30;
    private static final String SEQUENCE = "Nats-Sequence";

    private final JobBroker broker;
    private final JobRecords records;
    private final JobPlaces places;
    private final EarlyEnds earlyEnds;
    private final ScheduledExecutorService reader;
    private final ConnectionListener onReconnect = this::reconnected;
    private final Map<JobRef, AwaitedJob> awaited = new ConcurrentHashMap<>();
    private final Queue<AwaitedJob> unread = new ConcurrentLinkedQueue<>();
    private Optional<Dispatcher> dispatcher = Optional.empty();
    private boolean closed;

    AwaitedJobs(JobBroker broker, JobRecords records, JobPlaces places, EarlyEnds earlyEnds) {
        this.broker = broker;
        this.records = records;
        this.places = places;
        this.earlyEnds = earlyEnds;
        this.reader = DaemonThreads.ticker(broker.name() + "-awaited-jobs");
    }

    /** For what must not hold up the arrival of records. */
    ScheduledExecutorService thread() {
        return reader;
    }

    /** Follows the job until its end, or until {@link #letGo} was called as often as this. */
    AwaitedJob hold(JobRef ref) {
        return awaited.compute(ref, (same, known) -> {
            AwaitedJob held = known == null ? followed(ref) : known;
            held.hold();
            return held;
        });
    }

    void letGo(AwaitedJob job) {
        awaited.computeIfPresent(job.ref(), (ref, known) -> {
            if (known != job || known.letGo() > 0) {
                return known;
            }
            unfollow(ref);
            job.silence();
            return null;
        });
    }

    private AwaitedJob followed(JobRef ref) {
        AwaitedJob job = new AwaitedJob(ref);
        dispatcher().subscribe(JobSubjects.event(ref));
        read(job);
        return job;
    }

    private synchronized void unfollow(JobRef ref) {
        dispatcher.ifPresent(open -> open.unsubscribe(JobSubjects.event(ref)));
    }

    /** Made on first need, with what else only those need who wait. */
    private synchronized Dispatcher dispatcher() {
        if (closed) {
            throw new UnavailableException("the fleet is closed", null);
        }
        if (dispatcher.isEmpty()) {
            dispatcher = Optional.of(broker.connection().createDispatcher(this::heard));
            broker.connection().addConnectionListener(onReconnect);
            reader.scheduleWithFixedDelay(this::readAll, REREAD_SECONDS, REREAD_SECONDS, TimeUnit.SECONDS);
        }
        return dispatcher.get();
    }

    private void reconnected(Connection connection, ConnectionListener.Events event) {
        if (event == ConnectionListener.Events.RESUBSCRIBED) {
            reader.execute(this::readAll);
        }
    }

    private void heard(Message message) {
        AwaitedJob job = awaited.get(JobSubjects.eventOf(message.getSubject()));
        if (job == null || message.getData().length == 0) {
            return;
        }
        try {
            JobRecord record = records.decode(message.getData());
            take(job, record, Long.parseLong(message.getHeaders().getFirst(SEQUENCE)));
        } catch (InvalidInputException e) {
            log.error("The record of job {} cannot be read", job.ref(), e);
        }
    }

    private void take(AwaitedJob job, JobRecord record, long revision) {
        job.heard(record, revision);
        if (record.isFinal()) {
            drop(job);
        } else if (record.state() == JobState.RETRYING) {
            wake(job, Optional.of(new Recorded(job.ref(), record, revision)), Optional.empty());
        }
    }

    private void drop(AwaitedJob job) {
        job.silence();
        if (awaited.remove(job.ref(), job)) {
            unfollow(job.ref());
        }
    }

    private void readAll() {
        unread.addAll(awaited.values());
        readUnread();
    }

    private void read(AwaitedJob job) {
        unread.add(job);
        reader.execute(this::readUnread);
    }

    /** What cannot be read now is read after the reconnect, or within 30 s. */
    private void readUnread() {
        try {
            for (List<AwaitedJob> some = nextUnread(); !some.isEmpty(); some = nextUnread()) {
                readSome(some);
            }
        } catch (FleetException e) {
            log.warn("Jobs that are waited for cannot be read now: {}", e.getMessage());
        }
    }

    private List<AwaitedJob> nextUnread() {
        List<AwaitedJob> some = new ArrayList<>();
        for (AwaitedJob job = unread.poll(); job != null; job = unread.poll()) {
            some.add(job);
            if (some.size() == LastMessages.MOST) {
                break;
            }
        }
        return some;
    }

    /** Looks when the subscriptions stand: what is stored after that is heard. */
    private void readSome(List<AwaitedJob> jobs) {
        broker.call("flush", () -> {
            broker.connection().flush(broker.requestTimeout());
            return jobs;
        });
        Map<JobRef, Recorded> recorded = records.read(refs(jobs));
        List<AwaitedJob> idle = new ArrayList<>();
        for (AwaitedJob job : jobs) {
            Optional<Recorded> known = Optional.ofNullable(recorded.get(job.ref()));
            known.ifPresent(found -> take(job, found.record(), found.revision()));
            if (known.filter(found -> isCertain(found.record())).isEmpty()) {
                idle.add(job);
            }
        }
        Map<JobRef, Placed> placed = places.find(refs(idle));
        idle.forEach(job -> lookAfter(
                job, Optional.ofNullable(recorded.get(job.ref())), Optional.ofNullable(placed.get(job.ref()))));
    }

    private static List<JobRef> refs(List<AwaitedJob> jobs) {
        return jobs.stream().map(AwaitedJob::ref).toList();
    }

    private static boolean isCertain(JobRecord record) {
        return record.isFinal() || record.state() == JobState.RUNNING;
    }

    /** Nobody runs it, so nobody else may notice that its time runs out. */
    private void lookAfter(AwaitedJob job, Optional<Recorded> recorded, Optional<Placed> placed) {
        if (recorded.isEmpty() && placed.isEmpty()) {
            lookForLost(job);
            return;
        }
        earlyEnds
                .expire(job.ref(), recorded, placed)
                .ifPresentOrElse(
                        ended -> take(job, ended.record(), ended.revision()), () -> wake(job, recorded, placed));
    }

    /** It may have run from its start to its end between the two looks. */
    private void lookForLost(AwaitedJob job) {
        records.read(job.ref()).ifPresentOrElse(known -> take(job, known.record(), known.revision()), () -> {
            job.end().completeExceptionally(new NotFoundException("nothing is kept of job " + job.ref()));
            drop(job);
        });
    }

    private void wake(AwaitedJob job, Optional<Recorded> recorded, Optional<Placed> placed) {
        JobDue.of(recorded, placed).ifPresent(due -> {
            Duration until = Duration.between(broker.clock().instant(), due.at());
            job.alarm(reader.schedule(() -> read(job), until.toMillis() + 1, TimeUnit.MILLISECONDS));
        });
    }

    @Override
    public void close() {
        shut();
        UnavailableException end = new UnavailableException("the fleet was closed before the job ended", null);
        awaited.values().forEach(job -> job.end().completeExceptionally(end));
        awaited.clear();
    }

    private synchronized void shut() {
        closed = true;
        reader.shutdownNow();
        dispatcher.ifPresent(broker.connection()::closeDispatcher);
        dispatcher = Optional.empty();
        broker.connection().removeConnectionListener(onReconnect);
    }
}
