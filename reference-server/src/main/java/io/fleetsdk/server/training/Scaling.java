package io.fleetsdk.server.training;

import java.util.List;

/**
 * Brings each of some numbers to mean 0 and deviation 1, and back.
 *
 * @param deviations 1 where all values were equal
 */
record Scaling(double[] means, double[] deviations) {
    private static final double ALL_EQUAL = 1e-9;

    static Scaling of(List<double[]> vectors) {
        int width = vectors.get(0).length;
        double[] means = new double[width];
        double[] deviations = new double[width];
        for (int i = 0; i < width; i++) {
            int column = i;
            double mean = vectors.stream().mapToDouble(v -> v[column]).average().orElse(0);
            double variance = vectors.stream()
                    .mapToDouble(v -> (v[column] - mean) * (v[column] - mean))
                    .average()
                    .orElse(0);
            means[i] = mean;
            deviations[i] = variance < ALL_EQUAL ? 1 : Math.sqrt(variance);
        }
        return new Scaling(means, deviations);
    }

    double[] scaled(double[] vector) {
        double[] scaled = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            scaled[i] = (vector[i] - means[i]) / deviations[i];
        }
        return scaled;
    }

    double[] unscaled(double[] vector) {
        double[] unscaled = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unscaled[i] = vector[i] * deviations[i] + means[i];
        }
        return unscaled;
    }
}
