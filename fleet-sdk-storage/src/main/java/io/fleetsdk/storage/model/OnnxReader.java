package io.fleetsdk.storage.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.TensorInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks through an ONNX file twice: once for its inputs and outputs, and once for the names of its weights, of which there may be
 * more than fit into memory. Tags are those of {@code onnx.proto}: a field's number and how it is written.
 */
final class OnnxReader {
    private static final int BUFFER = 64 * 1024;
    private static final int MOST_TENSORS = 1_000;
    /** Old files list their weights among the inputs. */
    private static final int MOST_WITH_WEIGHTS = 100_000;

    private static final int MODEL_IR_VERSION = OnnxMessage.number(1);
    private static final int MODEL_GRAPH = OnnxMessage.block(7);
    private static final int MODEL_OPSET = OnnxMessage.block(8);
    private static final int GRAPH_NODE = OnnxMessage.block(1);
    private static final int GRAPH_WEIGHTS = OnnxMessage.block(5);
    private static final int GRAPH_INPUT = OnnxMessage.block(11);
    private static final int GRAPH_OUTPUT = OnnxMessage.block(12);
    private static final int GRAPH_SPARSE_WEIGHTS = OnnxMessage.block(15);
    private static final int SPARSE_VALUES = OnnxMessage.block(1);
    private static final int TENSOR_NAME = OnnxMessage.block(8);
    private static final int TENSOR_EXTERNAL_DATA = OnnxMessage.block(13);

    private final Path file;
    private final int size;
    private final Map<String, TensorInfo> inputs = new LinkedHashMap<>();
    private final List<TensorInfo> outputs = new ArrayList<>();
    private long irVersion;
    private boolean hasOperatorSet;
    private boolean hasOperators;

    OnnxReader(Path file, int size) {
        this.file = file;
        this.size = size;
    }

    OnnxModel read() throws IOException {
        try {
            walk(this::model);
            checkWhole();
            walk(in -> eachOf(in, MODEL_GRAPH, this::weights));
            return new OnnxModel(irVersion, List.copyOf(inputs.values()), outputs);
        } catch (InvalidProtocolBufferException e) {
            throw refused(size, String.valueOf(e.getMessage()));
        }
    }

    private void checkWhole() {
        if (irVersion < 1 || !hasOperatorSet) {
            throw refused(size, "it names no version of its form or no operator set");
        }
        if (!hasOperators || outputs.isEmpty()) {
            throw refused(size, "its graph has no operators or no outputs");
        }
    }

    static InvalidInputException refused(int size, String why) {
        return new InvalidInputException("file", size + " bytes", "must be a whole ONNX model: " + why);
    }

    private void walk(OnnxMessage.Block whole) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            CodedInputStream in = CodedInputStream.newInstance(bytes, BUFFER);
            // What claims to be longer than the file is refused before anything is skipped.
            in.pushLimit(size);
            whole.read(in);
        }
    }

    private void model(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == MODEL_IR_VERSION) {
                irVersion = in.readInt64();
            } else if (tag == MODEL_GRAPH) {
                OnnxMessage.within(in, this::graph);
            } else {
                hasOperatorSet |= tag == MODEL_OPSET;
                OnnxMessage.skip(in, tag);
            }
        }
    }

    private void graph(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == GRAPH_INPUT) {
                OnnxMessage.within(in, field -> addInput(OnnxTensor.read(field)));
            } else if (tag == GRAPH_OUTPUT) {
                OnnxMessage.within(in, field -> addOutput(OnnxTensor.read(field)));
            } else {
                hasOperators |= tag == GRAPH_NODE;
                OnnxMessage.skip(in, tag);
            }
        }
    }

    private void addInput(TensorInfo input) {
        if (inputs.put(input.name(), input) != null) {
            throw refused(size, "it has two inputs named " + input.name());
        }
        if (inputs.size() > MOST_WITH_WEIGHTS) {
            throw refused(size, "it has more than " + MOST_WITH_WEIGHTS + " inputs");
        }
    }

    private void addOutput(TensorInfo output) {
        if (outputs.size() == MOST_TENSORS) {
            throw refused(size, "it has more than " + MOST_TENSORS + " outputs");
        }
        outputs.add(output);
    }

    private void weights(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == GRAPH_WEIGHTS) {
                OnnxMessage.within(in, this::weight);
            } else if (tag == GRAPH_SPARSE_WEIGHTS) {
                OnnxMessage.within(in, sparse -> eachOf(sparse, SPARSE_VALUES, this::weight));
            } else {
                OnnxMessage.skip(in, tag);
            }
        }
    }

    private void weight(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == TENSOR_NAME) {
                inputs.remove(OnnxMessage.text(in));
            } else if (tag == TENSOR_EXTERNAL_DATA) {
                throw refused(size, "it keeps weights in other files; save it with all of them in one");
            } else {
                OnnxMessage.skip(in, tag);
            }
        }
    }

    private static void eachOf(CodedInputStream in, int wanted, OnnxMessage.Block block) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == wanted) {
                OnnxMessage.within(in, block);
            } else {
                OnnxMessage.skip(in, tag);
            }
        }
    }
}
