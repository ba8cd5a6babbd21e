package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.job.ChildOutcome;
import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.nats.internal.job.JobSubmitter.Submitted;
import java.util.List;

/** Parents that wait for their children. */
final class JobFlows {
    private final FlowDrafts drafts;
    private final JobIntake intake;
    private final JobHandles handles;
    private final FlowParents parents;
    private final FlowChildren children;

    JobFlows(FlowDrafts drafts, JobIntake intake, JobHandles handles, FlowParents parents, FlowChildren children) {
        this.drafts = drafts;
        this.intake = intake;
        this.handles = handles;
        this.parents = parents;
        this.children = children;
    }

    /** Parents are stored before their children, so that no child ends before its parent is there. */
    <I, R> JobHandle<R> submit(String queue, JobFlow<I, R> flow) {
        List<JobDraft> jobs = drafts.of(queue, flow);
        jobs.forEach(intake::fitting);
        JobRef root = jobs.get(0).ref();
        store(jobs.get(0));
        try {
            jobs.stream().skip(1).forEach(this::store);
        } catch (FleetException e) {
            throw new UnknownOutcomeException(
                    "flow " + root + " broke off half way; submit it again with the same ids: " + e.getMessage(), e);
        }
        return handles.handle(flow.type(), root);
    }

    private Submitted store(JobDraft draft) {
        return draft.job().terms().children().isEmpty() ? intake.take(draft) : intake.hold(draft);
    }

    /** How the children stand now, for the parent's handler. */
    List<ChildOutcome> children(JobTerms parent) {
        return children.outcomes(parent.children());
    }

    /** A job with a parent has ended: starts or fails the parent where that was what it waited for. */
    void childEnded(JobRef parent, JobRef child, JobRecord ended) {
        parents.childEnded(parent, child, ended);
    }
}
