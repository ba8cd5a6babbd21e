package io.fleetsdk.server.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.inference.InferenceAnswer;
import io.fleetsdk.inference.InferenceRequest;
import io.fleetsdk.inference.Tensor;
import io.fleetsdk.model.ModelRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;

/** With a small model that takes any number of rows: it adds 1 to three numbers. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServedModelTest {
    private static final ModelRef REF = new ModelRef("plus-one", 1);

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong now = new AtomicLong();
    private ServedModel model;

    @BeforeEach
    void serve() throws IOException {
        model = new ServedModel(REF, LoadedModel.load(plusOne()), new InferenceMeters(meters), now::get);
    }

    @AfterEach
    void end() {
        model.close();
    }

    @Test
    void whatWaitsIsComputedAtOnceAndEverybodyGetsTheirOwn() {
        List<CompletableFuture<InferenceAnswer>> answers = IntStream.range(0, 10)
                .mapToObj(i -> ask(Tensor.row(i, 10 * i, 100 * i)))
                .toList();
        CompletableFuture<InferenceAnswer> twoRows = ask(new Tensor(List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, 6}));

        model.start();

        for (int i = 0; i < 10; i++) {
            assertThat(output(answers.get(i)).values()).containsExactly(i + 1, 10 * i + 1, 100 * i + 1);
        }
        assertThat(output(twoRows).shape()).containsExactly(2L, 3L);
        assertThat(output(twoRows).values()).containsExactly(2, 3, 4, 5, 6, 7);
        assertThat(meters.get("fleet.inference.batch").summary().count()).isEqualTo(1);
        assertThat(meters.get("fleet.inference.batch").summary().max()).isEqualTo(11);
    }

    @Test
    void aQuestionThatIsLateIsRefusedAndNotComputed() {
        CompletableFuture<InferenceAnswer> late = model.ask(request(Tensor.row(1, 2, 3)), 1_000);
        CompletableFuture<InferenceAnswer> early = model.ask(request(Tensor.row(1, 2, 3)), 5_000);
        now.set(2_000);

        model.start();

        assertThat(output(early).values()).containsExactly(2, 3, 4);
        assertThatThrownBy(() -> late.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(UnavailableException.class)
                .hasMessageContaining("the deadline had passed");
        assertThat(meters.get("fleet.inference.batch").summary().max()).isEqualTo(1);
    }

    @Test
    void moreThanCanWaitAreRefusedAtOnceAndTheRestWhenTheWorkerStops() {
        List<CompletableFuture<InferenceAnswer>> answers = IntStream.range(0, 1_001)
                .mapToObj(i -> ask(Tensor.row(1, 2, 3)))
                .toList();

        assertThat(answers.get(1_000)).isCompletedExceptionally();
        assertThat(answers.get(999)).isNotDone();

        model.close();

        assertThat(answers.get(999)).isCompletedExceptionally();
    }

    private CompletableFuture<InferenceAnswer> ask(Tensor tensor) {
        return model.ask(request(tensor), Long.MAX_VALUE);
    }

    private static InferenceRequest request(Tensor tensor) {
        return new InferenceRequest("plus-one", Map.of("x", tensor), Duration.ofSeconds(1));
    }

    private static Tensor output(CompletableFuture<InferenceAnswer> answer) {
        return answer.orTimeout(20, TimeUnit.SECONDS)
                .join()
                .outputs()
                .values()
                .iterator()
                .next();
    }

    private Path plusOne() throws IOException {
        ONNXContext graph = new ONNXContext();
        graph.setName("plus_one");
        ONNXPlaceholder x = graph.floatInput("x", 3);
        x.apply(ONNXOperators.ADD, graph.array("ones", new double[] {1, 1, 1})).assignTo(graph.floatOutput("y", 3));
        byte[] bytes = OnnxMl.ModelProto.newBuilder()
                .setGraph(graph.buildGraph())
                .addOpsetImport(ONNXOperators.getOpsetProto())
                .setIrVersion(6)
                .build()
                .toByteArray();
        return Files.write(directory.resolve("plus-one.onnx"), bytes);
    }
}
