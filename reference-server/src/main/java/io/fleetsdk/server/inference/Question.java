package io.fleetsdk.server.inference;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.inference.InferenceAnswer;
import io.fleetsdk.inference.Tensor;
import io.fleetsdk.model.ModelRef;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A question that waits for its answer.
 *
 * @param deadline by {@link System#nanoTime}
 * @param answer completed once, in whatever way
 */
record Question(Map<String, Tensor> inputs, long deadline, CompletableFuture<InferenceAnswer> answer) {
    boolean isLate(long now) {
        return now - deadline > 0;
    }

    void refuseAsLate() {
        answer.completeExceptionally(
                new UnavailableException("the deadline had passed before the model was free", null));
    }

    void refuse(FleetException reason) {
        answer.completeExceptionally(reason);
    }

    void answer(ModelRef model, Map<String, Tensor> outputs) {
        answer.complete(new InferenceAnswer(model, outputs));
    }

    Tensor input(String name) {
        return Optional.ofNullable(inputs.get(name)).orElseThrow();
    }

    /** Of two that the model takes. */
    boolean goesWith(Question other) {
        return inputs.keySet().stream().allMatch(name -> Rows.fitTogether(input(name), other.input(name)));
    }

    /** Rows of this question, or -1 where its inputs disagree about that. */
    long rows() {
        long[] counts =
                inputs.values().stream().mapToLong(Rows::count).distinct().toArray();
        return counts.length == 1 ? counts[0] : -1;
    }
}
