package io.fleetsdk.model;

import io.fleetsdk.internal.Require;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An input or output of a model.
 *
 * @param name 1 to 256 characters
 * @param elementType such as {@code float32} or {@code int64}; {@code sequence}, {@code map} and the like for what is no tensor
 * @param shape empty where the file does not say; no dimensions mean a single number
 */
public record TensorInfo(String name, String elementType, Optional<List<TensorDimension>> shape) {
    public TensorInfo {
        name = Require.label("name", name);
        elementType = Require.token("elementType", elementType);
        shape = Require.orEmpty(shape).map(dimensions -> Require.list("shape", dimensions));
    }

    /** Such as {@code obs float32[1,48]}. */
    @Override
    public String toString() {
        return name + " " + elementType + shape.map(TensorInfo::text).orElse("");
    }

    private static String text(List<TensorDimension> dimensions) {
        return dimensions.stream().map(TensorDimension::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
