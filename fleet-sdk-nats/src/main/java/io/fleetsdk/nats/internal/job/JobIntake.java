package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobRef;
import io.fleetsdk.nats.internal.job.JobCounters.Count;
import io.fleetsdk.nats.internal.job.JobPublisher.Stored;
import io.fleetsdk.nats.internal.job.JobSubmitter.Submitted;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;

/** Stores new jobs one by one. A job under an id of the caller's own is stored only where nothing is known of that id. */
final class JobIntake {
    private final QueueLanes lanes;
    private final JobMessages messages;
    private final JobPublisher publisher;
    private final JobPlaces places;
    private final JobRecords records;
    private final JobCounters counters;

    JobIntake(
            QueueLanes lanes,
            JobMessages messages,
            JobPublisher publisher,
            JobPlaces places,
            JobRecords records,
            JobCounters counters) {
        this.lanes = lanes;
        this.messages = messages;
        this.publisher = publisher;
        this.places = places;
        this.records = records;
        this.counters = counters;
    }

    Submitted take(JobDraft draft) {
        return draft.options().id().isPresent() ? takeOwn(draft) : counted(draft, takeRandom(draft));
    }

    /** The message of a plain job, ready for its lane; without an id by which the broker would know it again. */
    NatsMessage plain(JobMessage job) {
        lanes.open(job.lane());
        return publisher.fitting(messages.ready(job));
    }

    /** {@link #plain} that the broker stores once, however often it is sent. */
    NatsMessage once(JobMessage job) {
        NatsMessage message = plain(job);
        message.getHeaders()
                .put(NatsJetStreamConstants.MSG_ID_HDR, job.ref().id().value());
        return message;
    }

    /** {@link #plain} that may have been sent before: stored only where nothing lies in its place, and begun after a look at the record. */
    NatsMessage again(JobMessage job) {
        NatsMessage message = plain(job.again(job.attemptsMade()));
        message.getHeaders().put(NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_HDR, Long.toString(JobRecords.NONE));
        return message;
    }

    /** Nobody else has this id. */
    private Stored takeRandom(JobDraft draft) {
        return draft.runAt().isPresent()
                ? places.delayedAlone(fitting(draft), draft.runAt().get())
                : publisher.store(once(draft.job()));
    }

    /**
     * Two who submit at the same time both find nothing; the broker then stores one of them: it remembers the id for ten minutes wherever
     * the job lies, and lets no second one into the lanes.
     */
    Submitted takeOwn(JobDraft draft) {
        if (isKnown(draft.ref())) {
            return new Submitted(draft.ref(), Stored.DUPLICATE);
        }
        JobMessage job = fitting(draft);
        return counted(
                draft, draft.runAt().map(at -> places.delayedAlone(job, at)).orElseGet(() -> places.readyAlone(job)));
    }

    /** {@link #takeOwn} of a job that is to be put aside. */
    Submitted hold(JobDraft draft) {
        if (isKnown(draft.ref())) {
            return new Submitted(draft.ref(), Stored.DUPLICATE);
        }
        return counted(draft, places.heldAlone(fitting(draft)));
    }

    /** Whether anything is kept of the job. */
    boolean isKnown(JobRef ref) {
        return records.read(ref).isPresent() || places.find(ref).isPresent();
    }

    /**
     * Refuses an input that is too large before anything is done.
     *
     * @throws io.fleetsdk.InvalidInputException naming the limit
     */
    JobMessage fitting(JobDraft draft) {
        publisher.fitting(messages.ready(draft.job()));
        return draft.job();
    }

    private Submitted counted(JobDraft draft, Stored stored) {
        counted(draft.ref().queue(), stored == Stored.NEW ? 1 : 0);
        return new Submitted(draft.ref(), stored);
    }

    void counted(String queue, int jobs) {
        if (jobs > 0) {
            counters.add(queue, Count.SUBMITTED, jobs);
        }
    }
}
