package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;

/**
 * A kind of work: its name on the wire and the Java types of what goes in and comes out. Records, {@link JsonObject}, texts,
 * numbers, lists and maps can be either; {@code Void} as result means none.
 *
 * @param <I> the input
 * @param <R> the result
 * @param name one token, such as {@code finetune}
 */
public record JobType<I, R>(String name, Class<I> input, Class<R> result) {
    public JobType {
        name = Require.token("type", name);
    }

    public static <I, R> JobType<I, R> of(String name, Class<I> input, Class<R> result) {
        return new JobType<>(name, input, result);
    }

    /** A kind of work whose Java types this process does not know: any JSON in, any JSON out. */
    public static JobType<Object, Object> untyped(String name) {
        return of(name, Object.class, Object.class);
    }
}
