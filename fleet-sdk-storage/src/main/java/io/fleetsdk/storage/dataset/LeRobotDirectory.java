package io.fleetsdk.storage.dataset;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A data set on disk, checked for being whole: what {@code meta/info.json} promises is there.
 *
 * @param files within the directory, with {@code /}, in order
 */
record LeRobotDirectory(Path directory, String format, long episodes, long frames, List<String> files) {
    private static final Pattern FORMAT = Pattern.compile("v[23]\\.[0-9]+");
    private static final Pattern EPISODE_OF_V2 = Pattern.compile("data/.*episode_[0-9]+\\.parquet");
    private static final Pattern DATA = Pattern.compile("data/.*\\.parquet");

    static LeRobotDirectory read(Path directory, JsonCodec json) throws IOException {
        Path info = directory.resolve("meta").resolve("info.json");
        if (!Files.isRegularFile(info)) {
            throw new InvalidInputException("directory", directory, "must be a LeRobot data set with meta/info.json");
        }
        JsonObject document = json.decode(Files.readAllBytes(info), JsonObject.class);
        LeRobotDirectory read = new LeRobotDirectory(
                directory,
                document.string("codebase_version").orElse("none"),
                document.integer("total_episodes").orElse(0),
                document.integer("total_frames").orElse(0),
                files(directory));
        read.check();
        return read;
    }

    Path path(String file) {
        return directory.resolve(file);
    }

    private void check() {
        if (!FORMAT.matcher(format).matches()) {
            throw new InvalidInputException("codebase_version", format, "must be v2 or v3 and a number, such as v2.1");
        }
        if (episodes < 1) {
            throw new InvalidInputException("total_episodes", episodes, "must be at least 1");
        }
        long found = count(format.startsWith("v2") ? EPISODE_OF_V2 : DATA);
        boolean complete = format.startsWith("v2") ? found == episodes : found > 0;
        if (!complete) {
            throw new InvalidInputException(
                    "directory", directory, "must hold the data of " + episodes + " episodes; files found: " + found);
        }
    }

    private long count(Pattern pattern) {
        return files.stream().filter(file -> pattern.matcher(file).matches()).count();
    }

    /** Without what tools hide in it. */
    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .map(path -> directory.relativize(path).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith(".") && !file.contains("/."))
                    .sorted()
                    .toList();
        }
    }
}
