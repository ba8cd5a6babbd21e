package io.fleetsdk.storage.model;

import static io.fleetsdk.storage.model.WrittenOnnx.block;
import static io.fleetsdk.storage.model.WrittenOnnx.dimension;
import static io.fleetsdk.storage.model.WrittenOnnx.input;
import static io.fleetsdk.storage.model.WrittenOnnx.message;
import static io.fleetsdk.storage.model.WrittenOnnx.model;
import static io.fleetsdk.storage.model.WrittenOnnx.number;
import static io.fleetsdk.storage.model.WrittenOnnx.operator;
import static io.fleetsdk.storage.model.WrittenOnnx.output;
import static io.fleetsdk.storage.model.WrittenOnnx.tensor;
import static io.fleetsdk.storage.model.WrittenOnnx.text;
import static io.fleetsdk.storage.model.WrittenOnnx.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.TensorInfo;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from ONNX files, and what is refused. */
class OnnxModelTest {
    private static final byte[] SMALL =
            model(operator(), input("x", dimension("batch"), dimension(3)), output("y", dimension(-1), dimension(2)));

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "go1_joystick.onnx        | obs float32[1,48]  | continuous_actions float32[1,12]",
                "t1_joystick.onnx         | obs float32[1,85]  | continuous_actions float32[1,23]",
                "unitree_g1_velocity.onnx | obs float32[1,480] | actions float32[1,29]",
                "mnist_opt.onnx           | Input3 float32[1,1,28,28] | Plus214_Output_0 float32[1,10]",
            })
    void realModelsSayWhatTheyTakeAndGive(String file, String inputs, String outputs) throws IOException {
        OnnxModel model = OnnxModel.read(RecordedModels.named(file));

        assertThat(model.inputs()).extracting(TensorInfo::toString).containsExactly(inputs);
        assertThat(model.outputs()).extracting(TensorInfo::toString).containsExactly(outputs);
    }

    @Test
    void whereverARealModelIsCutOffItIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(RecordedModels.named("mnist_opt.onnx"));

        for (int length = 0; length < whole.length; length += 97) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(torn)).as(length + " bytes").isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void weightsListedAsInputsAreNotAskedFor() throws IOException {
        OnnxModel model = read(model(
                weights("w1", 10), operator(), input("w1"), input("x"), input("w2"), output("y"), weights("w2", 10)));

        assertThat(model.inputs()).extracting(TensorInfo::name).containsExactly("x");
    }

    @Test
    void sizesThatAreNotKnownAreAnySize() throws IOException {
        OnnxModel model = read(SMALL);

        assertThat(model.inputs()).extracting(TensorInfo::toString).containsExactly("x float32[batch,3]");
        assertThat(model.outputs()).extracting(TensorInfo::toString).containsExactly("y float32[?,2]");
        assertThat(read(model(operator(), block(12, text(1, "y"), block(2, block(1, number(1, 7))))))
                        .outputs())
                .extracting(TensorInfo::toString)
                .containsExactly("y int64");
        assertThat(read(model(operator(), block(12, text(1, "y"), block(2, block(4)))))
                        .outputs())
                .extracting(TensorInfo::elementType)
                .containsExactly("sequence");
    }

    @Test
    void whatIsNoWholeModelIsRefusedWithTheReason() {
        refused(new byte[0], "names no version");
        refused("import torch\n".getBytes(StandardCharsets.UTF_8), "must be a whole ONNX model");
        refused(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, "must be a whole ONNX model");
        refused(message(number(1, 8), block(7, operator(), output("y"))), "no operator set");
        refused(message(number(1, 8), block(8, number(2, 17))), "no operators or no outputs");
        refused(model(operator()), "no operators or no outputs");
        refused(model(output("y")), "no operators or no outputs");
        refused(model(operator(), block(12, tensor(1))), "without a name or a type");
        refused(model(operator(), block(12, text(1, "y"))), "without a name or a type");
        refused(model(operator(), block(12, text(1, "y"), tensor(0))), "undefined type");
        refused(model(operator(), input("x"), input("x"), output("y")), "two inputs named x");
        refused(model(operator(), block(12, block(1, new byte[] {(byte) 0xc3}), tensor(1))), "not UTF-8");
        refused(model(operator(), output("x".repeat(2_000))), "a name of 2000 bytes");
        refused(model(operator(), output("a\u0000b")), "without control characters");
    }

    @Test
    void aModelWithItsWeightsElsewhereIsRefused() {
        refused(
                model(operator(), output("y"), block(5, text(8, "w"), block(13, text(1, "location")))),
                "save it with all of them in one");
    }

    @Test
    void countsThatNoHonestFileHasAreRefused() {
        WrittenOnnx.Fields[] many =
                IntStream.rangeClosed(0, 1_000).mapToObj(i -> output("y" + i)).toArray(WrittenOnnx.Fields[]::new);
        refused(
                model(out -> {
                    operator().writeTo(out);
                    for (WrittenOnnx.Fields field : many) {
                        field.writeTo(out);
                    }
                }),
                "more than 1000 outputs");
        WrittenOnnx.Fields[] dimensions =
                IntStream.rangeClosed(0, 64).mapToObj(i -> dimension(1)).toArray(WrittenOnnx.Fields[]::new);
        refused(model(operator(), output("y", dimensions)), "more than 64 dimensions");
    }

    /** A block that claims to be longer than the file must not be believed. */
    @Test
    void lengthsThatLieAreNoticed() {
        byte[] honest = model(operator(), output("y"), weights("w", 100));
        for (int i = 0; i < honest.length; i++) {
            byte[] lying = honest.clone();
            lying[i] = (byte) 0xff;
            assertReadOrRefused(lying);
        }
    }

    @Property(tries = 2_000)
    void anyBytesAreReadOrRefusedAndNothingElse(@ForAll @Size(max = 300) byte[] bytes) throws IOException {
        Path file = Files.createTempFile("any", ".onnx");
        try {
            Files.write(file, bytes);
            assertReadOrRefused(file);
        } finally {
            Files.delete(file);
        }
    }

    /** 1 GiB of weights, most of it a hole in the file: neither read nor kept. */
    @Test
    void weightsArePassedOver() throws IOException {
        int size = 1 << 30;
        byte[] before = message(text(8, "w"));
        byte[] head = message(number(1, 8), block(8, number(2, 17)));
        byte[] graph = message(operator(), input("x"), output("y"));
        Path file = directory.resolve("large.onnx");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            int tensor = before.length + 1 + varintLength(size) + size;
            int all = graph.length + 1 + varintLength(tensor) + tensor;
            large.write(head);
            large.write(header(7, all));
            large.write(graph);
            large.write(header(5, tensor));
            large.write(before);
            large.write(header(9, size));
            large.setLength(large.getFilePointer() + size);
        }

        read(SMALL);
        long used = allocated();
        OnnxModel model = OnnxModel.read(file);
        used = allocated() - used;

        assertThat(used).as("bytes allocated").isLessThan(4 << 20);
        assertThat(model.inputs()).extracting(TensorInfo::name).containsExactly("x");
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static byte[] header(int field, int length) {
        return message(out -> {
            out.writeUInt32NoTag(field << 3 | 2);
            out.writeUInt32NoTag(length);
        });
    }

    private static int varintLength(int value) {
        return message(out -> out.writeUInt32NoTag(value)).length;
    }

    private void refused(byte[] bytes, String why) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(why);
    }

    private OnnxModel read(byte[] bytes) throws IOException {
        return OnnxModel.read(Files.write(directory.resolve("model.onnx"), bytes));
    }

    private void assertReadOrRefused(byte[] bytes) {
        try {
            assertReadOrRefused(Files.write(directory.resolve("model.onnx"), bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertReadOrRefused(Path file) throws IOException {
        try {
            assertThat(List.copyOf(OnnxModel.read(file).outputs())).isNotEmpty();
        } catch (InvalidInputException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
