package io.fleetsdk.inference;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.util.List;

/**
 * Numbers in rows and columns, of any number of dimensions.
 *
 * @param shape sizes of the dimensions, the slowest first; at most 16, each at least 1
 * @param values as many as the sizes multiply to, the last dimension fastest; finite; not to be changed
 */
public record Tensor(List<Long> shape, float[] values) {
    private static final int MOST_DIMENSIONS = 16;

    public Tensor {
        shape = Require.list("shape", shape);
        values = Require.present("values", values);
        Require.within("shape", shape.size(), 0, MOST_DIMENSIONS);
        double count = 1;
        for (long size : shape) {
            count *= Require.within("shape", size, 1, Integer.MAX_VALUE);
        }
        if (count != values.length) {
            throw new InvalidInputException(
                    "values", values.length + " numbers", "must be " + count + " by their shape");
        }
        for (float value : values) {
            Require.finite("values", value);
        }
    }

    /** One row. */
    public static Tensor row(float... values) {
        return new Tensor(List.of(1L, (long) values.length), values);
    }
}
