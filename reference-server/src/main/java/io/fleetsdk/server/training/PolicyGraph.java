package io.fleetsdk.server.training;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tribuo.Tribuo;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXInitializer;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;

/**
 * A policy as an ONNX model. It takes observations as they come and gives actions in the dataset's units: differences and scalings
 * are part of the graph. Both have a free first dimension, so that many are answered at once. The same policy gives the same bytes.
 */
final class PolicyGraph {
    /** Input: a batch of {@link Window}s. */
    static final String INPUT = "observation";

    /** Output: a batch of actions. */
    static final String OUTPUT = "action";

    private static final int IR_VERSION = 6;

    private final LinearPolicy policy;
    private final ONNXContext graph = new ONNXContext();

    PolicyGraph(LinearPolicy policy) {
        this.policy = policy;
    }

    void writeTo(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            model().writeTo(out);
        }
    }

    private OnnxMl.ModelProto model() {
        graph.setName("linear_policy");
        int inputs = policy.window().inputs();
        ONNXPlaceholder observation = graph.floatInput(INPUT, inputs);
        ONNXNode features = observation
                .apply(
                        ONNXOperators.GEMM,
                        matrix("differences", transposed(policy.window().differences())))
                .apply(
                        ONNXOperators.SUB,
                        graph.array("feature_means", policy.input().means()))
                .apply(
                        ONNXOperators.DIV,
                        graph.array("feature_deviations", policy.input().deviations()));
        double[][] columns = transposed(policy.weights());
        ONNXInitializer weights = matrix("weights", Arrays.copyOf(columns, inputs));
        features.apply(ONNXOperators.GEMM, List.of(weights, graph.array("biases", columns[inputs])))
                .apply(
                        ONNXOperators.MUL,
                        graph.array("action_deviations", policy.output().deviations()))
                .apply(
                        ONNXOperators.ADD,
                        graph.array("action_means", policy.output().means()))
                .assignTo(graph.floatOutput(OUTPUT, policy.weights().length));
        return OnnxMl.ModelProto.newBuilder()
                .setGraph(graph.buildGraph())
                .setProducerName("Tribuo")
                .setProducerVersion(Tribuo.VERSION)
                .setModelVersion(policy.epoch())
                .addOpsetImport(ONNXOperators.getOpsetProto())
                .setIrVersion(IR_VERSION)
                .build();
    }

    private ONNXInitializer matrix(String name, double[][] rows) {
        return graph.floatTensor(name, List.of(rows.length, rows[0].length), buffer -> fill(buffer, rows));
    }

    private static void fill(FloatBuffer buffer, double[][] rows) {
        for (double[] row : rows) {
            for (double value : row) {
                buffer.put((float) value);
            }
        }
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = rows[row][column];
            }
        }
        return columns;
    }
}
