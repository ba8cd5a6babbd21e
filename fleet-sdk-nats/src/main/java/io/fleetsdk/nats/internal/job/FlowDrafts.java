package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobFlow.Child;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.nats.internal.job.JobTerms.ChildTerms;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The jobs that a flow consists of, parents first, each with its id and with the names of those it belongs to. */
final class FlowDrafts {
    private static final int DEEPEST = 10;
    private static final int MOST = 1_000;
    /** The broker takes 64 KiB; retries and dead letters add theirs. */
    private static final int LARGEST_HEADERS = 60_000;

    private static final int ID_BYTES = 15;

    private final JobBroker broker;
    private final QueueStreams streams;
    private final JobMessages messages;

    FlowDrafts(JobBroker broker, QueueStreams streams, JobMessages messages) {
        this.broker = broker;
        this.streams = streams;
        this.messages = messages;
    }

    /**
     * The root first.
     *
     * @throws InvalidInputException if the tree is too deep or too large, or has two jobs with the same id
     * @throws io.fleetsdk.NotFoundException if a queue is missing
     */
    List<JobDraft> of(String queue, JobFlow<?, ?> flow) {
        Gathering gathering = new Gathering(broker.clock().instant());
        JobId root = flow.options().id().orElseGet(JobDraft::nextId);
        gathering.add(new JobRef(queue, root), flow, Optional.empty(), root.value(), 1);
        return List.copyOf(gathering.drafts);
    }

    /** One walk through the tree. */
    private final class Gathering {
        private final Instant now;
        private final List<JobDraft> drafts = new ArrayList<>();
        private final Set<JobRef> refs = new HashSet<>();

        Gathering(Instant now) {
            this.now = now;
        }

        void add(JobRef ref, JobFlow<?, ?> flow, Optional<JobRef> parent, String path, int depth) {
            streams.of(ref.queue());
            if (depth > DEEPEST) {
                throw new InvalidInputException("flow", depth + " levels", "must have at most " + DEEPEST);
            }
            if (!refs.add(ref)) {
                throw new InvalidInputException("flow", ref, "must not have two jobs with the same id");
            }
            if (refs.size() > MOST) {
                throw new InvalidInputException("flow", "more than " + MOST + " jobs", "must have at most " + MOST);
            }
            List<JobRef> children = childRefs(flow, path);
            drafts.add(draft(ref, flow, parent, children));
            for (int i = 0; i < children.size(); i++) {
                add(children.get(i), flow.children().get(i).job(), Optional.of(ref), path + "/" + i, depth + 1);
            }
        }

        private JobDraft draft(JobRef ref, JobFlow<?, ?> flow, Optional<JobRef> parent, List<JobRef> children) {
            JobDraft draft = plain(ref.queue(), flow).as(ref.id());
            JobTerms terms = draft.job().terms().withChildren(terms(flow, children));
            JobMessage job = draft.job().withTerms(parent.map(terms::withParent).orElse(terms));
            checkHeaders(job);
            return new JobDraft(job, draft.options(), draft.runAt());
        }

        private <I> JobDraft plain(String queue, JobFlow<I, ?> flow) {
            return JobDraft.of(queue, flow.type(), flow.input(), flow.options(), broker.codec(), now);
        }
    }

    private void checkHeaders(JobMessage job) {
        int size = messages.headers(job).serializedLength();
        if (size > LARGEST_HEADERS) {
            throw new InvalidInputException(
                    "children",
                    job.terms().children().size() + " with " + size + " bytes of queues, types and ids",
                    "must take at most " + LARGEST_HEADERS + " bytes: shorter names, or another level");
        }
    }

    private static List<ChildTerms> terms(JobFlow<?, ?> flow, List<JobRef> refs) {
        List<ChildTerms> terms = new ArrayList<>(refs.size());
        for (int i = 0; i < refs.size(); i++) {
            Child<?, ?> child = flow.children().get(i);
            terms.add(new ChildTerms(refs.get(i), child.job().type().name(), child.onFailure()));
        }
        return terms;
    }

    private static List<JobRef> childRefs(JobFlow<?, ?> flow, String path) {
        List<JobRef> refs = new ArrayList<>(flow.children().size());
        for (int i = 0; i < flow.children().size(); i++) {
            Child<?, ?> child = flow.children().get(i);
            String own = path + "/" + i;
            refs.add(new JobRef(child.queue(), child.job().options().id().orElseGet(() -> derived(own))));
        }
        return refs;
    }

    /** The same for the same place under the same root: a flow that is submitted again is the same flow. */
    private static JobId derived(String path) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            return JobId.of(
                    "f" + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, ID_BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
