package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobProgress;
import io.fleetsdk.job.JobRef;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job whose end or progress somebody in this process waits for. It takes each revision of its record once and never an older one. */
final class AwaitedJob {
    private static final Logger log = LoggerFactory.getLogger(AwaitedJob.class);

    private final JobRef ref;
    private final CompletableFuture<JobRecord> end = new CompletableFuture<>();
    private List<Consumer<JobProgress>> listeners = List.of();
    private @Nullable Future<?> alarm;
    private Optional<JobProgress> progress = Optional.empty();
    private long revision;
    private int holders;

    AwaitedJob(JobRef ref) {
        this.ref = ref;
    }

    JobRef ref() {
        return ref;
    }

    /** Completes with the record of its end. */
    CompletableFuture<JobRecord> end() {
        return end;
    }

    synchronized void hold() {
        holders++;
    }

    /** Says how many still hold it. */
    synchronized int letGo() {
        holders--;
        return holders;
    }

    /** Says the progress it knows of so far. */
    synchronized Optional<JobProgress> listen(Consumer<JobProgress> listener) {
        if (listeners.isEmpty()) {
            listeners = new CopyOnWriteArrayList<>();
        }
        listeners.add(listener);
        return progress;
    }

    synchronized void forget(Consumer<JobProgress> listener) {
        if (!listeners.isEmpty()) {
            listeners.remove(listener);
        }
    }

    /** When it is to be looked at again; replaces an earlier one. */
    synchronized void alarm(Future<?> next) {
        silence();
        alarm = next;
    }

    synchronized void silence() {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    synchronized boolean isNews(long at) {
        return at > revision;
    }

    /** Takes a record in. Calls listeners and completes the end on this thread. */
    void heard(JobRecord record, long at) {
        newProgress(record, at).ifPresent(news -> listeners().forEach(listener -> tell(listener, news)));
        if (record.isFinal()) {
            end.complete(record);
        }
    }

    private void tell(Consumer<JobProgress> listener, JobProgress news) {
        try {
            listener.accept(news);
        } catch (RuntimeException e) {
            log.error("A handler of the progress of job {} failed", ref, e);
        }
    }

    private synchronized Optional<JobProgress> newProgress(JobRecord record, long at) {
        if (at <= revision || record.progress().equals(progress)) {
            revision = Math.max(revision, at);
            return Optional.empty();
        }
        revision = at;
        progress = record.progress();
        return progress;
    }

    private synchronized List<Consumer<JobProgress>> listeners() {
        return listeners;
    }
}
