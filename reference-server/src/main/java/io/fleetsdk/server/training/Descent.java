package io.fleetsdk.server.training;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.LinearParameters;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.SGD;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/**
 * Stochastic gradient descent by Tribuo, an epoch at a time: each begins with the weights of the one before. Nothing else is carried
 * over, and the order of the frames follows from the seed and the epoch; so it does not matter where a run was interrupted.
 */
final class Descent {
    private final MutableDataset<Regressor> frames;
    private final LearningParameters parameters;

    Descent(Samples samples, Scaling input, Scaling output, LearningParameters parameters) {
        RegressionFactory factory = new RegressionFactory();
        OffsetDateTime anyTime = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);
        this.frames = new MutableDataset<>(new SimpleDataSourceProvenance("episodes", anyTime, factory), factory);
        this.parameters = parameters;
        List<double[]> features = samples.features();
        String[] inputs = names(features.get(0).length);
        String[] outputs = names(output.means().length);
        for (int frame = 0; frame < samples.frames(); frame++) {
            Regressor action =
                    new Regressor(outputs, output.scaled(samples.actions().get(frame)));
            frames.add(new ArrayExample<>(action, inputs, input.scaled(features.get(frame))));
        }
    }

    /** The weights after one more epoch. */
    double[][] learn(double[][] weights, int epoch) {
        DenseMatrix matrix =
                new WarmStart(weights, parameters, epoch).train(frames).getWeightsCopy();
        return IntStream.range(0, matrix.getDimension1Size())
                .mapToObj(row -> matrix.getRow(row).toArray())
                .toArray(double[][]::new);
    }

    /** Tribuo sorts by name; these sort as they count. */
    private static String[] names(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%06d", i))
                .toArray(String[]::new);
    }

    private static final class WarmStart extends LinearSGDTrainer {
        private static final int SILENT = -1;

        private final double[][] weights;

        WarmStart(double[][] weights, LearningParameters how, int epoch) {
            super(new SquaredLoss(), SGD.getSimpleSGD(how.learningRateIn(epoch)), 1, SILENT, how.seed() + epoch);
            this.weights = weights;
        }

        @Override
        protected LinearParameters createParameters(int inputs, int outputs, SplittableRandom random) {
            return new LinearParameters(DenseMatrix.createDenseMatrix(weights));
        }
    }
}
