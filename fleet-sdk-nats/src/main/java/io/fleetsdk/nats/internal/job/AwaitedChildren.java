package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobFlow.OnFailure;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.nats.internal.job.JobTerms.ChildTerms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the children of one parent are, as this process has seen it. It looks at one child that has not ended; as long as that one has
 * not, the others need not be looked at: so each child is read about once, however many end. Thread-safe.
 */
final class AwaitedChildren {
    private final Optional<FlowChildren> records;
    private final List<ChildTerms> children;
    private final Instant since;
    private int ended;
    private boolean over;

    AwaitedChildren(FlowChildren records, List<ChildTerms> children, Instant since) {
        this.records = Optional.of(records);
        this.children = children;
        this.since = since;
    }

    /** Of a parent that waits no longer. */
    AwaitedChildren(List<ChildTerms> children) {
        this.records = Optional.empty();
        this.children = children;
        this.since = Instant.EPOCH;
        this.over = true;
    }

    OnFailure onFailure(JobRef child) {
        return children.stream()
                .filter(known -> known.ref().equals(child))
                .map(ChildTerms::onFailure)
                .findFirst()
                .orElse(OnFailure.IGNORE);
    }

    /** Whether none is left to wait for, now that this one has ended too. */
    synchronized boolean haveAllEnded(JobRef child) {
        while (!over && ended < children.size() && hasEnded(children.get(ended).ref(), child)) {
            ended++;
        }
        return !over && ended == children.size();
    }

    private boolean hasEnded(JobRef next, JobRef justEnded) {
        return next.equals(justEnded)
                || records.filter(children -> children.hasEnded(next, since)).isPresent();
    }

    synchronized boolean mayRelease() {
        return !over;
    }

    synchronized void waitsNoLonger() {
        over = true;
    }
}
