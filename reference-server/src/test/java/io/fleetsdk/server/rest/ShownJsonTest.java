package io.fleetsdk.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobProgress;
import io.fleetsdk.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShownJsonTest {
    @Test
    void whatNestsUpToTheBoundIsShownAndWhatIsDeeperIsNot() {
        for (Object leaf : List.of("x", 7L, true)) {
            assertThat(ShownJson.of(Optional.of(nested(leaf, ShownJson.MOST_LEVELS))))
                    .isPresent();
            assertThat(ShownJson.of(Optional.of(nested(leaf, ShownJson.MOST_LEVELS + 1))))
                    .isEmpty();
        }
        assertThat(ShownJson.of(Optional.empty())).isEmpty();
    }

    @Test
    void progressWhoseDetailIsTooDeepIsShownWithout() {
        JsonObject deep = JsonObject.of("a", nested("x", ShownJson.MOST_LEVELS));
        assertThat(ShownJson.of(new JobProgress(0.5, "half", deep)))
                .isEqualTo(new JobProgress(0.5, "half", JsonObject.empty()));
        JobProgress shallow = new JobProgress(0.5, "half", JsonObject.of("a", 1));
        assertThat(ShownJson.of(shallow)).isEqualTo(shallow);
    }

    private static Object nested(Object leaf, int levels) {
        Object json = leaf;
        for (int level = 0; level < levels; level++) {
            json = level % 2 == 0 ? List.of(json) : Map.of("a", json);
        }
        return json;
    }
}
