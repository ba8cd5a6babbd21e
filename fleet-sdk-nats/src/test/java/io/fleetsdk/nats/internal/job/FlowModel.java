package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobFlow.OnFailure;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.nats.internal.job.JobPlaces.Place;
import io.fleetsdk.nats.internal.job.JobPlaces.Placed;
import io.fleetsdk.nats.internal.job.JobTerms.ChildTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What should become of the parents of a flow, told by the rules alone. */
final class FlowModel {
    private final JobParts parts;
    private final Map<JobRef, JobTerms> nodes = new HashMap<>();
    private final Map<JobRef, JobState> states = new HashMap<>();

    FlowModel(JobParts parts, JobRef root) {
        this.parts = parts;
        learn(root);
    }

    private void learn(JobRef ref) {
        JobTerms terms = parts.places().find(ref).orElseThrow().job().terms();
        nodes.put(ref, terms);
        states.put(ref, terms.children().isEmpty() ? JobState.WAITING : JobState.BLOCKED);
        terms.children().forEach(child -> learn(child.ref()));
    }

    /** A job has ended; answers which parents are to run now. */
    List<JobRef> ended(JobRef ref, JobState end) {
        states.put(ref, end);
        List<JobRef> released = new ArrayList<>();
        nodes.getOrDefault(ref, JobTerms.none()).parent().ifPresent(parent -> told(parent, ref, end, released));
        return released;
    }

    private void told(JobRef parent, JobRef child, JobState end, List<JobRef> released) {
        if (states.get(parent) != JobState.BLOCKED) {
            return;
        }
        OnFailure rule = end == JobState.SUCCEEDED ? OnFailure.IGNORE : rule(parent, child);
        if (rule == OnFailure.FAIL_PARENT) {
            states.put(parent, JobState.FAILED);
            nodes.getOrDefault(parent, JobTerms.none())
                    .parent()
                    .ifPresent(next -> told(next, parent, JobState.FAILED, released));
        } else if (rule == OnFailure.CONTINUE_PARENT || allEnded(parent)) {
            states.put(parent, JobState.WAITING);
            released.add(parent);
        }
    }

    private OnFailure rule(JobRef parent, JobRef child) {
        return nodes.getOrDefault(parent, JobTerms.none()).children().stream()
                .filter(known -> known.ref().equals(child))
                .map(ChildTerms::onFailure)
                .findFirst()
                .orElseThrow();
    }

    private boolean allEnded(JobRef parent) {
        return nodes.getOrDefault(parent, JobTerms.none()).children().stream()
                .allMatch(child ->
                        states.getOrDefault(child.ref(), JobState.WAITING).isFinal());
    }

    void assertAgrees() {
        states.forEach((ref, state) -> assertThat(stored(ref)).as("%s", ref).isEqualTo(state));
    }

    private JobState stored(JobRef ref) {
        Optional<JobState> recorded =
                parts.records().read(ref).map(found -> found.record().state());
        return recorded.orElseGet(
                () -> parts.places().find(ref).map(Placed::place).orElseThrow() == Place.HELD
                        ? JobState.BLOCKED
                        : JobState.WAITING);
    }
}
