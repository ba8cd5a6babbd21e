package io.fleetsdk.server.training;

import io.fleetsdk.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A dataset in the LeRobot format, version 2, as files: {@code meta/info.json} and one Parquet file per episode. */
final class LeRobotDataset {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path directory;
    private final DatasetInfo info;

    private LeRobotDataset(Path directory, DatasetInfo info) {
        this.directory = directory;
        this.info = info;
    }

    /**
     * @throws InvalidInputException if it is no such dataset
     */
    static LeRobotDataset open(Path directory) throws IOException {
        Path file = directory.resolve("meta/info.json");
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("dataset", directory.getFileName(), "must have the file meta/info.json");
        }
        try {
            DatasetInfo info = JSON.readValue(file.toFile(), DatasetInfo.class);
            return new LeRobotDataset(directory, info.checked());
        } catch (JacksonException e) {
            throw new InvalidInputException("meta/info.json", e.getOriginalMessage(), "must be the dataset's JSON");
        }
    }

    int stateWidth() {
        return info.width(DatasetInfo.STATE);
    }

    int actionWidth() {
        return info.width(DatasetInfo.ACTION);
    }

    /**
     * All of them, in memory.
     *
     * @throws InvalidInputException if a file is missing, is no Parquet, or does not hold what the description says
     */
    List<Episode> episodes() throws IOException {
        List<Episode> episodes = new ArrayList<>();
        for (int index = 0; index < info.episodes(); index++) {
            episodes.add(episode(index));
        }
        checkFrames(episodes.stream().mapToInt(Episode::frames).sum());
        return episodes;
    }

    private Episode episode(int index) throws IOException {
        String name = info.fileOf(index);
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory.normalize()) || !Files.isRegularFile(file)) {
            throw new InvalidInputException("dataset", name, "must be a file of the dataset");
        }
        VectorColumn states = new VectorColumn(DatasetInfo.STATE, stateWidth());
        VectorColumn actions = new VectorColumn(DatasetInfo.ACTION, actionWidth());
        new EpisodeFile(name, file).readInto(List.of(states, actions));
        return new Episode(index, states.vectors(), actions.vectors());
    }

    private void checkFrames(int found) {
        if (found != info.frames()) {
            throw new InvalidInputException("total_frames", info.frames(), "must be the " + found + " that are there");
        }
    }
}
