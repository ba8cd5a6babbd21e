package io.fleetsdk.storage.training;

import io.fleetsdk.training.TrainingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A program at work. Closing it leaves nothing of it behind. */
final class TrainingProcess implements AutoCloseable {
    private static final List<String> OWN_SETTINGS = List.of("FLEET_", "AWS_");
    private static final long SECONDS_TO_END = 1;

    private final Process process;
    private final ProcessGuard guard;
    private final List<Thread> readers;

    private TrainingProcess(Process process, ProcessGuard guard, List<Thread> readers) {
        this.process = process;
        this.guard = guard;
        this.readers = readers;
    }

    static TrainingProcess start(
            List<String> command, Map<String, String> environment, Path directory, ProgressLines lines)
            throws IOException {
        ProcessGuard guard = ProcessGuard.start();
        try {
            Process process = process(command, environment, directory, guard).start();
            process.getOutputStream().close();
            return new TrainingProcess(
                    process,
                    guard,
                    List.of(
                            reader(process.getInputStream(), lines::said, process.pid() + "-output"),
                            reader(process.getErrorStream(), lines::logged, process.pid() + "-errors")));
        } catch (IOException e) {
            guard.close();
            throw e;
        }
    }

    private static ProcessBuilder process(
            List<String> command, Map<String, String> environment, Path directory, ProcessGuard guard) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> OWN_SETTINGS.stream().anyMatch(name::startsWith));
        builder.environment().putAll(environment);
        guard.mark(builder.environment());
        return builder;
    }

    private static Thread reader(InputStream output, Consumer<String> lines, String name) {
        Thread reader = new Thread(() -> ProgramOutput.forEachLine(output, lines), "training-" + name);
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    /**
     * Waits for its end and reads its last words. When the attempt should stop, it is told to end and given a second.
     *
     * @return its exit code
     */
    int await(TrainingContext context) throws InterruptedException {
        context.onCancel(this::tellToEnd);
        try {
            int code = process.waitFor();
            killWhatIsLeft();
            for (Thread reader : readers) {
                reader.join();
            }
            return code;
        } catch (InterruptedException e) {
            tellToEnd();
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            throw e;
        }
    }

    /** By its handle: the process itself would close its output before it is read. */
    private void tellToEnd() {
        process.toHandle().destroy();
    }

    /** Also what would hold its output open for ever. */
    private void killWhatIsLeft() {
        try (Stream<ProcessHandle> children = process.descendants()) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
        process.toHandle().destroyForcibly();
        guard.close();
    }

    @Override
    public void close() {
        killWhatIsLeft();
    }
}
