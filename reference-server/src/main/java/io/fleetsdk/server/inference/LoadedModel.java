package io.fleetsdk.server.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.inference.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A model in memory that takes and gives single-precision numbers. Thread-safe. */
final class LoadedModel implements AutoCloseable {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();
    private static final long FREE = -1;

    private final OrtSession session;
    private final Map<String, long[]> inputs;
    private final boolean takesMany;

    private LoadedModel(OrtSession session, Map<String, long[]> inputs, boolean takesMany) {
        this.session = session;
        this.inputs = inputs;
        this.takesMany = takesMany;
    }

    /**
     * @throws InvalidInputException if it is no ONNX model, or its inputs are not of single precision
     */
    static LoadedModel load(Path file) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // A worker waits most of the time: threads that spin would take the machine from the others.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            OrtSession session = RUNTIME.createSession(file.toString(), options);
            Map<String, long[]> inputs = shapes(session.getInputInfo());
            Map<String, long[]> outputs = shapes(session.getOutputInfo());
            return new LoadedModel(session, inputs, beginFree(inputs) && beginFree(outputs));
        } catch (OrtException e) {
            throw new InvalidInputException("model", file.getFileName(), "must be an ONNX model: " + e.getMessage());
        }
    }

    private static Map<String, long[]> shapes(Map<String, NodeInfo> nodes) {
        Map<String, long[]> shapes = new HashMap<>();
        nodes.forEach((name, node) -> shapes.put(name, shape(name, node)));
        return shapes;
    }

    private static long[] shape(String name, NodeInfo node) {
        if (node.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT) {
            return tensor.getShape();
        }
        throw new InvalidInputException("model", name, "must take and give single-precision numbers only");
    }

    private static boolean beginFree(Map<String, long[]> shapes) {
        return shapes.values().stream().allMatch(shape -> shape.length > 0 && shape[0] == FREE);
    }

    /** Whether the first dimension of all inputs and outputs is free, so that several questions can be put as one. */
    boolean takesMany() {
        return takesMany;
    }

    /**
     * @throws InvalidInputException naming the input that is not what the model takes
     */
    void check(Map<String, Tensor> given) {
        if (!given.keySet().equals(inputs.keySet())) {
            throw new InvalidInputException("inputs", given.keySet(), "must be " + inputs.keySet());
        }
        given.forEach((name, tensor) -> {
            if (!fits(tensor, inputs.getOrDefault(name, new long[0]))) {
                throw new InvalidInputException(
                        "inputs." + name, tensor.shape(), "must have the shape " + Arrays.toString(inputs.get(name)));
            }
        });
    }

    private static boolean fits(Tensor tensor, long[] shape) {
        if (tensor.shape().size() != shape.length) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] != FREE && shape[i] != tensor.shape().get(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * @throws UnavailableException if the runtime cannot
     */
    Map<String, Tensor> run(Map<String, Tensor> given) {
        Map<String, OnnxTensor> tensors = new HashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : given.entrySet()) {
                tensors.put(input.getKey(), tensor(input.getValue()));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                return outputs(result);
            }
        } catch (OrtException e) {
            throw new UnavailableException("the model could not answer: " + e.getMessage(), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(Tensor tensor) throws OrtException {
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        return OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(tensor.values()), shape);
    }

    private static Map<String, Tensor> outputs(OrtSession.Result result) {
        Map<String, Tensor> outputs = new HashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
            outputs.put(output.getKey(), tensor((OnnxTensor) output.getValue()));
        }
        return outputs;
    }

    private static Tensor tensor(OnnxTensor output) {
        FloatBuffer numbers = output.getFloatBuffer();
        float[] values = new float[numbers.remaining()];
        numbers.get(values);
        return new Tensor(Arrays.stream(output.getInfo().getShape()).boxed().toList(), values);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new UnavailableException("the model could not be closed: " + e.getMessage(), e);
        }
    }
}
