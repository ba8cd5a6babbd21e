package io.fleetsdk.server.inference;

import io.fleetsdk.inference.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tensors put under each other along their first dimension, and taken apart again. */
final class Rows {
    private Rows() {}

    /** Whether they differ in their first dimension at most. */
    static boolean fitTogether(Tensor one, Tensor other) {
        return inner(one).equals(inner(other));
    }

    static long count(Tensor tensor) {
        return tensor.shape().get(0);
    }

    static Tensor stacked(List<Tensor> tensors) {
        float[] values = new float
                [tensors.stream().mapToInt(tensor -> tensor.values().length).sum()];
        int next = 0;
        for (Tensor tensor : tensors) {
            System.arraycopy(tensor.values(), 0, values, next, tensor.values().length);
            next += tensor.values().length;
        }
        return shaped(tensors.stream().mapToLong(Rows::count).sum(), tensors.get(0), values);
    }

    static Tensor part(Tensor whole, long from, long rows) {
        int width = (int) (whole.values().length / count(whole));
        int begin = (int) from * width;
        return shaped(rows, whole, Arrays.copyOfRange(whole.values(), begin, begin + (int) rows * width));
    }

    private static Tensor shaped(long rows, Tensor like, float[] values) {
        List<Long> shape = new ArrayList<>(like.shape());
        shape.set(0, rows);
        return new Tensor(shape, values);
    }

    private static List<Long> inner(Tensor tensor) {
        return tensor.shape().subList(1, tensor.shape().size());
    }
}
