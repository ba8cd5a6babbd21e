package io.fleetsdk.server.rest;

import io.fleetsdk.job.JobProgress;
import io.fleetsdk.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON of a job as it is shown. An answer puts it into objects and lists of its own, and no JSON here nests deeper than 64 levels: so what
 * is nearly that deep is left out, that it does not make the whole answer impossible.
 */
final class ShownJson {
    /** The rest is for what an answer puts around it. */
    static final int MOST_LEVELS = 40;

    private ShownJson() {}

    static Optional<Object> of(Optional<Object> json) {
        return json.filter(value -> fits(value, MOST_LEVELS));
    }

    static JobProgress of(JobProgress progress) {
        return fits(progress.detail().asMap(), MOST_LEVELS)
                ? progress
                : new JobProgress(progress.fraction(), progress.message(), JsonObject.empty());
    }

    private static boolean fits(@Nullable Object json, int levels) {
        if (json instanceof JsonObject object) {
            return fits(object.asMap(), levels);
        }
        if (json instanceof Map<?, ?> object) {
            return allFit(object.values(), levels);
        }
        return !(json instanceof List<?> list) || allFit(list, levels);
    }

    private static boolean allFit(Collection<? extends @Nullable Object> members, int levels) {
        return levels > 0 && members.stream().allMatch(member -> fits(member, levels - 1));
    }
}
