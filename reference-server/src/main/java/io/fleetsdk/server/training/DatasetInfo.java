package io.fleetsdk.server.training;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fleetsdk.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code meta/info.json} says, as far as a trainer of states and actions asks.
 *
 * @param dataPath pattern of the episodes' files, in Python's format language
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record DatasetInfo(
        @JsonProperty("codebase_version") @Nullable String version,
        @JsonProperty("total_episodes") int episodes,
        @JsonProperty("total_frames") int frames,
        @JsonProperty("chunks_size") int chunkSize,
        @JsonProperty("data_path") @Nullable String dataPath,
        @Nullable Map<String, Feature> features) {
    static final String STATE = "observation.state";
    static final String ACTION = "action";

    /** One column: how many numbers it has per frame. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Feature(@Nullable String dtype, @Nullable List<Integer> shape) {
        boolean isVector() {
            return shape != null && shape.size() == 1 && dtype != null && dtype.startsWith("float");
        }
    }

    /**
     * @throws InvalidInputException if nothing can be learned from such a dataset
     */
    DatasetInfo checked() {
        if (version == null || !version.startsWith("v2.")) {
            throw new InvalidInputException("codebase_version", String.valueOf(version), "must be v2.0 or v2.1");
        }
        if (episodes < 2 || chunkSize < 1) {
            throw new InvalidInputException("total_episodes", episodes, "must be at least 2, in chunks of at least 1");
        }
        if (dataPath == null) {
            throw new InvalidInputException("data_path", "missing", "is required");
        }
        width(STATE);
        width(ACTION);
        return this;
    }

    /** Numbers per frame in this column. */
    int width(String column) {
        return Optional.ofNullable(features)
                .map(known -> known.get(column))
                .filter(Feature::isVector)
                .flatMap(feature -> Optional.ofNullable(feature.shape()))
                .map(shape -> shape.get(0))
                .orElseThrow(
                        () -> new InvalidInputException("features." + column, "missing", "must be a vector of floats"));
    }

    /** Where the episode's file is within the dataset. */
    String fileOf(int episode) {
        return String.valueOf(dataPath)
                .replace("{episode_chunk:03d}", String.format(Locale.ROOT, "%03d", episode / chunkSize))
                .replace("{episode_index:06d}", String.format(Locale.ROOT, "%06d", episode));
    }
}
