package io.fleetsdk.storage.training;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.training.CheckpointRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything as files, for several processes of one machine. A dataset is a folder with one file, {@code number}. */
final class FileStores implements TrainingStores {
    private final Path root;

    FileStores(Path root) {
        this.root = root;
    }

    void addDataset(String name, int number) throws IOException {
        Path folder = Files.createDirectories(root.resolve("datasets").resolve(name));
        Files.writeString(folder.resolve("number"), Integer.toString(number));
    }

    Path log(JobId run, int attempt) {
        return root.resolve("logs").resolve(run + "-" + attempt + ".gz");
    }

    List<Path> models(String name) throws IOException {
        return listed(root.resolve("models").resolve(name));
    }

    @Override
    public void verifyDataset(String dataset) {
        Path folder = root.resolve("datasets").resolve(dataset);
        if (!Files.isDirectory(folder)) {
            throw new NotFoundException("there is no dataset " + dataset);
        }
        if (!Files.exists(folder.resolve("number"))) {
            throw new InvalidInputException("dataset", dataset, "must have all its files");
        }
    }

    @Override
    public void fetchDataset(String dataset, Path directory) {
        verifyDataset(dataset);
        copy(root.resolve("datasets").resolve(dataset).resolve("number"), directory.resolve("number"));
    }

    @Override
    public void keep(CheckpointRef checkpoint, Path file) {
        if (!exists(checkpoint)) {
            copy(file, file(checkpoint));
        }
    }

    @Override
    public Optional<CheckpointRef> newestCheckpoint(JobId run) {
        return listed(root.resolve("checkpoints").resolve(run.value())).stream()
                .map(file -> Integer.valueOf(file.getFileName().toString()))
                .max(Comparator.naturalOrder())
                .map(epoch -> new CheckpointRef(run, epoch));
    }

    @Override
    public boolean exists(CheckpointRef checkpoint) {
        return Files.exists(file(checkpoint));
    }

    @Override
    public void fetch(CheckpointRef checkpoint, Path file) {
        copy(file(checkpoint), file);
    }

    @Override
    public void keepLog(JobId run, int attempt, Path gzip) {
        copy(gzip, log(run, attempt));
    }

    @Override
    public ModelRef publish(TrainedModel model, Path onnx) {
        Path folder = root.resolve("models").resolve(model.name());
        int version = listed(folder).size() + 1;
        copy(onnx, folder.resolve(Integer.toString(version)));
        return new ModelRef(model.name(), version);
    }

    private Path file(CheckpointRef checkpoint) {
        return root.resolve("checkpoints")
                .resolve(checkpoint.run().value())
                .resolve(Integer.toString(checkpoint.epoch()));
    }

    private static List<Path> listed(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return files.filter(file -> !file.toString().endsWith(".part")).toList();
        } catch (IOException e) {
            throw new UnavailableException("cannot list " + folder, e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Path part = Path.of(to + ".part");
            Files.createDirectories(to.getParent());
            Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UnavailableException("cannot copy " + from, e);
        }
    }
}
