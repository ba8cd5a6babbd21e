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
import java.util.HashMap;
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
 * The jobs that this process waits for. Whoever stores records says of which jobs, so one core subscription per queue hears of all
 * ends; the record is then read. Core messages can be lost, so each job is also read once after the subscription stands, again after each
 * reconnect, every 30 s, and when its time runs out. Many reads are one request.
 */
final class AwaitedJobs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AwaitedJobs.class);
    private static final long REREAD_SECONDS = 30;
    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 512;

    private final JobBroker broker;
    private final JobRecords records;
    private final JobPlaces places;
    private final EarlyEnds earlyEnds;
    private final ScheduledExecutorService reader;
    private final ConnectionListener onReconnect = this::reconnected;
    private final Map<JobRef, AwaitedJob> awaited = new ConcurrentHashMap<>();
    private final Queue<AwaitedJob> unread = new ConcurrentLinkedQueue<>();
    private final Queue<News> news = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> followed = new HashMap<>();
    private Optional<Dispatcher> dispatcher = Optional.empty();
    private boolean closed;

    /**
     * That a record of a job was stored.
     *
     * @param pauseMillis before the next look, should this one meet a copy of the stream that does not have it yet
     */
    private record News(AwaitedJob job, long pauseMillis) {
        News later() {
            return new News(job, 2 * pauseMillis);
        }
    }

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
        AwaitedJob fresh = new AwaitedJob(ref);
        AwaitedJob held = awaited.compute(ref, (same, known) -> {
            AwaitedJob job = known == null ? fresh : known;
            job.hold();
            return job;
        });
        if (held == fresh) {
            // Not before it can be found by what is heard.
            follow(ref.queue());
            read(held);
        }
        return held;
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

    private synchronized void follow(String queue) {
        Dispatcher open = dispatcher();
        if (followed.merge(queue, 1, Integer::sum) == 1) {
            open.subscribe(JobSubjects.stored(queue));
        }
    }

    private synchronized void unfollow(JobRef ref) {
        if (followed.merge(ref.queue(), -1, Integer::sum) == 0) {
            followed.remove(ref.queue());
            dispatcher.ifPresent(open -> open.unsubscribe(JobSubjects.stored(ref.queue())));
        }
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
        try {
            StoredRecords.read(JobSubjects.last(message.getSubject()), message.getData(), this::heardOf);
        } catch (InvalidInputException e) {
            log.warn("Not the ids of jobs: a message on {}", message.getSubject(), e);
        }
        if (!news.isEmpty()) {
            reader.execute(this::readNews);
        }
    }

    private void heardOf(JobRef ref) {
        AwaitedJob job = awaited.get(ref);
        if (job != null) {
            news.add(new News(job, FIRST_PAUSE_MILLIS));
        }
    }

    /** What cannot be read now is read after the reconnect, or within 30 s. */
    private void readNews() {
        try {
            for (List<News> some = next(news); !some.isEmpty(); some = next(news)) {
                Map<JobRef, Recorded> recorded =
                        records.read(refs(some.stream().map(News::job).toList()));
                some.forEach(one -> Optional.ofNullable(recorded.get(one.job().ref()))
                        .filter(found -> one.job().isNews(found.revision()))
                        .ifPresentOrElse(
                                found -> take(one.job(), found.record(), found.revision()), () -> readLater(one)));
            }
        } catch (FleetException e) {
            log.warn("Jobs that are waited for cannot be read now: {}", e.getMessage());
        }
    }

    private void readLater(News early) {
        if (early.pauseMillis() <= LONGEST_PAUSE_MILLIS && !early.job().end().isDone()) {
            reader.schedule(
                    () -> {
                        news.add(early.later());
                        readNews();
                    },
                    early.pauseMillis(),
                    TimeUnit.MILLISECONDS);
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
            for (List<AwaitedJob> some = next(unread); !some.isEmpty(); some = next(unread)) {
                readSome(some);
            }
        } catch (FleetException e) {
            log.warn("Jobs that are waited for cannot be read now: {}", e.getMessage());
        }
    }

    private static <T> List<T> next(Queue<T> waiting) {
        List<T> some = new ArrayList<>();
        for (T one = waiting.poll(); one != null; one = waiting.poll()) {
            some.add(one);
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
        dispatcher.ifPresent(broker.connection()::closeDispatcher);
        reader.shutdownNow();
        dispatcher = Optional.empty();
        broker.connection().removeConnectionListener(onReconnect);
    }
}
