package io.fleetsdk.storage.model;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** ONNX files field by field, honest and otherwise. */
final class WrittenOnnx {
    private WrittenOnnx() {}

    /** Fields of one message. */
    @FunctionalInterface
    interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    static byte[] message(Fields... fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            for (Fields field : fields) {
                field.writeTo(out);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Fields number(int field, long value) {
        return out -> out.writeInt64(field, value);
    }

    static Fields block(int field, byte[] content) {
        return out -> out.writeByteArray(field, content);
    }

    static Fields block(int field, Fields... fields) {
        return block(field, message(fields));
    }

    static Fields text(int field, String value) {
        return block(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A whole model around what stands in its graph. */
    static byte[] model(Fields... graph) {
        return message(number(1, 8), block(8, number(2, 17)), block(7, graph));
    }

    static Fields operator() {
        return block(1, text(4, "Identity"));
    }

    static Fields input(String name, Fields... dimensions) {
        return block(11, text(1, name), tensor(1, dimensions));
    }

    static Fields output(String name, Fields... dimensions) {
        return block(12, text(1, name), tensor(1, dimensions));
    }

    static Fields tensor(int elementType, Fields... dimensions) {
        return block(2, block(1, number(1, elementType), block(2, dimensions)));
    }

    static Fields dimension(long size) {
        return block(1, number(1, size));
    }

    static Fields dimension(String name) {
        return block(1, text(2, name));
    }

    /** Weights of so many bytes. */
    static Fields weights(String name, int size) {
        return block(5, text(8, name), block(9, new byte[size]));
    }
}
