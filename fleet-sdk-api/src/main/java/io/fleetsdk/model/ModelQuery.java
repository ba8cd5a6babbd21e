package io.fleetsdk.model;

import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobRef;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which versions to look for; what is empty says nothing.
 *
 * @param text stands in the model's name, the description, an embodiment or the dataset, in capitals or not
 * @param model the model's exact name
 * @param states any where empty
 * @param embodiment exactly
 * @param dataset exactly
 * @param trainingJob the job that made it
 * @param limit 1 to 10,000
 */
public record ModelQuery(
        Optional<String> text,
        Optional<String> model,
        Set<ModelState> states,
        Optional<String> embodiment,
        Optional<String> dataset,
        Optional<JobRef> trainingJob,
        int limit) {
    private static final int USUAL = 100;
    private static final int MOST = 10_000;

    public ModelQuery {
        text = Require.orEmpty(text);
        model = Require.orEmpty(model);
        model.ifPresent(name -> Require.token("model", name));
        states = states == null ? Set.of() : Set.copyOf(states);
        embodiment = Require.orEmpty(embodiment);
        dataset = Require.orEmpty(dataset);
        trainingJob = Require.orEmpty(trainingJob);
        Require.within("limit", limit, 1, MOST);
    }

    /** The newest 100. */
    public static ModelQuery newest() {
        return new ModelQuery(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                USUAL);
    }

    public ModelQuery withText(String part) {
        return new ModelQuery(Optional.of(part), model, states, embodiment, dataset, trainingJob, limit);
    }

    public ModelQuery withModel(String name) {
        return new ModelQuery(text, Optional.of(name), states, embodiment, dataset, trainingJob, limit);
    }

    public ModelQuery withStates(ModelState... wanted) {
        return new ModelQuery(text, model, Set.of(wanted), embodiment, dataset, trainingJob, limit);
    }

    public ModelQuery withEmbodiment(String kind) {
        return new ModelQuery(text, model, states, Optional.of(kind), dataset, trainingJob, limit);
    }

    public ModelQuery withDataset(String name) {
        return new ModelQuery(text, model, states, embodiment, Optional.of(name), trainingJob, limit);
    }

    public ModelQuery withTrainingJob(JobRef job) {
        return new ModelQuery(text, model, states, embodiment, dataset, Optional.of(job), limit);
    }

    public ModelQuery withLimit(int count) {
        return new ModelQuery(text, model, states, embodiment, dataset, trainingJob, count);
    }

    public boolean matches(ModelVersion version) {
        ModelFacts facts = version.facts();
        return model.map(version.ref().model()::equals).orElse(true)
                && (states.isEmpty() || states.contains(version.state()))
                && embodiment.map(facts.embodiments()::contains).orElse(true)
                && (dataset.isEmpty() || dataset.equals(facts.dataset()))
                && (trainingJob.isEmpty() || trainingJob.equals(facts.trainingJob()))
                && text.map(part -> mentions(version, folded(part))).orElse(true);
    }

    private static boolean mentions(ModelVersion version, String part) {
        ModelFacts facts = version.facts();
        Stream<String> told = Stream.of(
                        Stream.of(version.ref().model()),
                        facts.description().stream(),
                        facts.embodiments().stream(),
                        facts.dataset().stream())
                .flatMap(words -> words);
        return told.anyMatch(words -> folded(words).contains(part));
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
