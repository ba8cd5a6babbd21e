package io.fleetsdk.server.inference;

import io.fleetsdk.Subscription;
import io.fleetsdk.inference.InferenceAnswer;
import io.fleetsdk.inference.InferenceClient;
import io.fleetsdk.inference.InferenceHandler;
import io.fleetsdk.inference.InferenceRequest;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.robot.RobotId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers robots' questions to registered models, together with all other such workers. A model is loaded by the first question to
 * it, which may be too late by then, and stays in memory. Thread-safe.
 */
public final class InferenceWorker implements AutoCloseable, InferenceHandler {
    private final ModelFiles files;
    private final InferenceMeters meters;
    private final ConcurrentHashMap<ModelRef, CompletableFuture<ServedModel>> served = new ConcurrentHashMap<>();
    private final ExecutorService finder = Executors.newSingleThreadExecutor(work -> daemon(work, "find"));
    private final ExecutorService loader = Executors.newSingleThreadExecutor(work -> daemon(work, "load"));
    private Subscription questions = () -> {};

    private InferenceWorker(ModelFiles files, InferenceMeters meters) {
        this.files = files;
        this.meters = meters;
    }

    /** Starts to answer. */
    public static InferenceWorker start(InferenceClient inference, ModelFiles files, MeterRegistry registry) {
        InferenceWorker worker = new InferenceWorker(files, new InferenceMeters(registry));
        worker.questions = inference.serve(worker);
        return worker;
    }

    @Override
    public CompletionStage<InferenceAnswer> handle(RobotId robot, InferenceRequest request) {
        long arrived = System.nanoTime();
        return CompletableFuture.supplyAsync(() -> files.resolve(request.model()), finder)
                .thenCompose(this::model)
                .thenCompose(model -> model.ask(
                                request, arrived + request.within().toNanos())
                        .whenComplete((answer, failure) -> meters.answered(
                                model.ref(), Duration.ofNanos(System.nanoTime() - arrived), failure == null)));
    }

    /** One that could not be loaded is tried again by the next question. */
    private CompletableFuture<ServedModel> model(ModelRef ref) {
        CompletableFuture<ServedModel> loaded =
                served.computeIfAbsent(ref, missing -> CompletableFuture.supplyAsync(() -> load(missing), loader));
        loaded.whenComplete((model, failure) -> {
            if (failure != null) {
                served.remove(ref, loaded);
            }
        });
        return loaded;
    }

    private ServedModel load(ModelRef ref) {
        return new ServedModel(ref, LoadedModel.load(files.fetch(ref)), meters, System::nanoTime).start();
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, "inference-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** Takes no more questions, and refuses those that wait. */
    @Override
    public void close() {
        questions.close();
        finder.shutdown();
        loader.shutdown();
        served.values().forEach(loaded -> loaded.thenAccept(ServedModel::close));
    }
}
