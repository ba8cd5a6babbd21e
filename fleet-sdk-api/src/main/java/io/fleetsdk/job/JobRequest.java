package io.fleetsdk.job;

/** One job of a bulk: its input and how it is to be done. */
public record JobRequest<I>(I input, JobOptions options) {
    public static <I> JobRequest<I> of(I input) {
        return new JobRequest<>(input, JobOptions.defaults());
    }
}
