package io.fleetsdk.storage.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an ONNX file says it takes and gives.
 *
 * @param irVersion the version of the file's form, such as 8
 * @param inputs what has to be given; weights that are listed as inputs, as old files do, are not among them
 * @param outputs at least one
 */
public record OnnxModel(long irVersion, List<TensorInfo> inputs, List<TensorInfo> outputs) {
    public OnnxModel {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Reads a file in constant memory: weights and operators are passed over. What lies within the operators is not looked at.
     *
     * @throws InvalidInputException if it is no ONNX model, is cut off, or keeps its weights in other files; says which
     * @throws IOException if it cannot be read
     */
    public static OnnxModel read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    "file", size + " bytes", "must be at most 2 GiB, the most an ONNX file has");
        }
        return new OnnxReader(file, (int) size).read();
    }
}
