package io.fleetsdk.storage.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.fleetsdk.model.TensorDimension;
import io.fleetsdk.model.TensorInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One input or output as it is being read: {@code ValueInfoProto} and the types within it. */
final class OnnxTensor {
    private static final int MOST_DIMENSIONS = 64;
    /** By their numbers in {@code TensorProto.DataType}. */
    private static final List<String> ELEMENT_TYPES = List.of(
            "undefined",
            "float32",
            "uint8",
            "int8",
            "uint16",
            "int16",
            "int32",
            "int64",
            "string",
            "bool",
            "float16",
            "float64",
            "uint32",
            "uint64",
            "complex64",
            "complex128",
            "bfloat16",
            "float8e4m3fn",
            "float8e4m3fnuz",
            "float8e5m2",
            "float8e5m2fnuz",
            "uint4",
            "int4",
            "float4e2m1");

    private static final int NAME = OnnxMessage.block(1);
    private static final int TYPE = OnnxMessage.block(2);
    private static final int TYPE_TENSOR = OnnxMessage.block(1);
    private static final int TYPE_SEQUENCE = OnnxMessage.block(4);
    private static final int TYPE_MAP = OnnxMessage.block(5);
    private static final int TYPE_SPARSE = OnnxMessage.block(8);
    private static final int TYPE_OPTIONAL = OnnxMessage.block(9);
    private static final int ELEMENT_TYPE = OnnxMessage.number(1);
    private static final int SHAPE = OnnxMessage.block(2);
    private static final int DIMENSION = OnnxMessage.block(1);
    private static final int DIMENSION_SIZE = OnnxMessage.number(1);
    private static final int DIMENSION_NAME = OnnxMessage.block(2);

    private @Nullable String name;
    private @Nullable String elementType;
    private @Nullable List<TensorDimension> shape;

    private OnnxTensor() {}

    static TensorInfo read(CodedInputStream in) throws IOException {
        OnnxTensor tensor = new OnnxTensor();
        tensor.value(in);
        if (tensor.name == null || tensor.elementType == null) {
            throw new InvalidProtocolBufferException("it has an input or output without a name or a type");
        }
        return new TensorInfo(tensor.name, tensor.elementType, Optional.ofNullable(tensor.shape));
    }

    private void value(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == NAME) {
                name = OnnxMessage.text(in);
            } else if (tag == TYPE) {
                OnnxMessage.within(in, this::type);
            } else {
                OnnxMessage.skip(in, tag);
            }
        }
    }

    private void type(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == TYPE_TENSOR || tag == TYPE_SPARSE) {
                OnnxMessage.within(in, this::tensor);
            } else {
                elementType = container(tag, elementType);
                OnnxMessage.skip(in, tag);
            }
        }
    }

    private static @Nullable String container(int tag, @Nullable String known) {
        if (tag == TYPE_SEQUENCE) {
            return "sequence";
        }
        if (tag == TYPE_MAP) {
            return "map";
        }
        return tag == TYPE_OPTIONAL ? "optional" : known;
    }

    private void tensor(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == ELEMENT_TYPE) {
                elementType = elementType(in.readInt32());
            } else if (tag == SHAPE) {
                List<TensorDimension> dimensions = new ArrayList<>();
                OnnxMessage.within(in, field -> dimensions(field, dimensions));
                shape = dimensions;
            } else {
                OnnxMessage.skip(in, tag);
            }
        }
    }

    private static String elementType(int number) throws InvalidProtocolBufferException {
        if (number <= 0) {
            throw new InvalidProtocolBufferException("it has a tensor of undefined type");
        }
        return number < ELEMENT_TYPES.size() ? ELEMENT_TYPES.get(number) : "type-" + number;
    }

    private static void dimensions(CodedInputStream in, List<TensorDimension> dimensions) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == DIMENSION) {
                if (dimensions.size() == MOST_DIMENSIONS) {
                    throw new InvalidProtocolBufferException("it has a tensor of more than 64 dimensions");
                }
                OnnxMessage.within(in, field -> dimensions.add(dimension(field)));
            } else {
                OnnxMessage.skip(in, tag);
            }
        }
    }

    /** Some exporters write a size that is not known as -1, or as a name without letters. */
    private static TensorDimension dimension(CodedInputStream in) throws IOException {
        TensorDimension dimension = TensorDimension.any();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == DIMENSION_SIZE) {
                long size = in.readInt64();
                dimension = size < 0 ? TensorDimension.any() : TensorDimension.of(size);
            } else if (tag == DIMENSION_NAME) {
                String given = OnnxMessage.text(in);
                dimension = given.isEmpty() ? TensorDimension.any() : TensorDimension.named(given);
            } else {
                OnnxMessage.skip(in, tag);
            }
        }
        return dimension;
    }
}
