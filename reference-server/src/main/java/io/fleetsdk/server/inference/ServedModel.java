package io.fleetsdk.server.inference;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.inference.InferenceAnswer;
import io.fleetsdk.inference.InferenceRequest;
import io.fleetsdk.inference.Tensor;
import io.fleetsdk.model.ModelRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * One version of a model and those who wait for it. A thread of its own takes whatever waits and, where the model's first dimension is
 * free, puts it as one question; it never waits for more to come. What is late already is not computed. Thread-safe.
 */
final class ServedModel implements AutoCloseable {
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_AT_ONCE = 64;

    private final ModelRef ref;
    private final LoadedModel model;
    private final InferenceMeters meters;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Question> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    ServedModel(ModelRef ref, LoadedModel model, InferenceMeters meters, LongSupplier nanoTime) {
        this.ref = ref;
        this.model = model;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.thread = new Thread(this::serve, "inference-" + ref);
        this.thread.setDaemon(true);
    }

    ModelRef ref() {
        return ref;
    }

    /** Starts to answer. */
    ServedModel start() {
        thread.start();
        return this;
    }

    /**
     * @param deadline by the same clock
     * @throws io.fleetsdk.InvalidInputException if the inputs are not what the model takes
     */
    CompletableFuture<InferenceAnswer> ask(InferenceRequest request, long deadline) {
        model.check(request.inputs());
        Question question = new Question(request.inputs(), deadline, new CompletableFuture<>());
        if (!waiting.offer(question)) {
            question.refuse(new UnavailableException(MOST_WAITING + " questions wait for " + ref + " already", null));
        }
        return question.answer();
    }

    private void serve() {
        List<Question> taken = new ArrayList<>();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                taken.add(waiting.take());
                waiting.drainTo(taken, MOST_AT_ONCE - 1);
                together(inTime(taken)).forEach(this::answer);
                taken.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Question> inTime(List<Question> taken) {
        long now = nanoTime.getAsLong();
        taken.stream().filter(question -> question.isLate(now)).forEach(Question::refuseAsLate);
        return taken.stream().filter(question -> !question.isLate(now)).toList();
    }

    private List<List<Question>> together(List<Question> questions) {
        List<List<Question>> groups = new ArrayList<>();
        for (Question question : questions) {
            groups.stream()
                    .filter(group -> isOne(group.get(0), question))
                    .findFirst()
                    .orElseGet(() -> added(groups))
                    .add(question);
        }
        return groups;
    }

    private boolean isOne(Question first, Question other) {
        return model.takesMany() && first.rows() > 0 && other.rows() > 0 && first.goesWith(other);
    }

    private static List<Question> added(List<List<Question>> groups) {
        List<Question> group = new ArrayList<>();
        groups.add(group);
        return group;
    }

    private void answer(List<Question> questions) {
        try {
            meters.computed(ref, questions.size(), () -> compute(questions));
        } catch (FleetException e) {
            questions.forEach(question -> question.refuse(e));
        } catch (RuntimeException e) {
            questions.forEach(question -> question.refuse(new UnavailableException("the worker failed: " + e, e)));
        }
    }

    private void compute(List<Question> questions) {
        if (questions.size() == 1) {
            questions.get(0).answer(ref, model.run(questions.get(0).inputs()));
            return;
        }
        Map<String, Tensor> stacked = new HashMap<>();
        for (String name : questions.get(0).inputs().keySet()) {
            stacked.put(
                    name,
                    Rows.stacked(questions.stream()
                            .map(question -> question.input(name))
                            .toList()));
        }
        hand(model.run(stacked), questions);
    }

    private void hand(Map<String, Tensor> outputs, List<Question> questions) {
        long next = 0;
        for (Question question : questions) {
            long from = next;
            Map<String, Tensor> own = new HashMap<>();
            outputs.forEach((name, output) -> own.put(name, Rows.part(output, from, question.rows())));
            question.answer(ref, own);
            next += question.rows();
        }
    }

    /** Questions that still wait are refused. Idempotent. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Question> left = new ArrayList<>();
        waiting.drainTo(left);
        left.forEach(question -> question.refuse(new UnavailableException("the worker stops", null)));
        model.close();
    }
}
