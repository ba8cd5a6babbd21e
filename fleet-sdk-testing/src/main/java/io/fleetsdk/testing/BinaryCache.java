package io.fleetsdk.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Binaries fetched earlier: {@code <directory>/<version>/<platform>/nats-server}. A file comes into it by one atomic
 * move, so whoever reads it needs no lock.
 */
record BinaryCache(Machine machine, Path directory) implements BinarySource {

    /** A file lock belongs to the whole JVM and cannot be waited for by a second thread of it. */
    private static final ReentrantLock THREADS_OF_THIS_JVM = new ReentrantLock();

    static BinaryCache of(Machine machine) {
        return new BinaryCache(machine, machine.cacheDirectory().resolve("fleet-sdk/nats-server"));
    }

    @Override
    public String place() {
        return "cache " + directory;
    }

    @Override
    public NatsBinary find() throws NoBinaryException {
        List<String> refused = new ArrayList<>();
        for (NatsVersion version : newestFirst()) {
            try {
                return NatsBinary.inspect(binary(version));
            } catch (NoBinaryException e) {
                refused.add(e.getMessage());
            }
        }
        throw new NoBinaryException(refused.isEmpty() ? "is empty" : String.join("; ", refused));
    }

    /** Takes a binary that was unpacked on the same file system, after asking it for its version. */
    NatsBinary adopt(Path unpacked) throws NoBinaryException, IOException {
        NatsVersion version = NatsBinary.inspect(unpacked).version();
        Path target = binary(version);
        Files.createDirectories(target.getParent());
        Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        return new NatsBinary(target, version);
    }

    /** Room to fetch and unpack in, for the holder of the lock; what a killed process left in it goes first. */
    OwnedDirectory workspace() throws IOException {
        OwnedDirectory workspace = new OwnedDirectory(directory.resolve("unpacking"));
        workspace.close();
        Files.createDirectories(workspace.path());
        return workspace;
    }

    /** Lets one process at a time fetch; the others wait and then find what it fetched. */
    Lock lock() throws IOException {
        Files.createDirectories(directory);
        THREADS_OF_THIS_JVM.lock();
        try {
            FileChannel file =
                    FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return lock(file);
        } catch (IOException | RuntimeException e) {
            THREADS_OF_THIS_JVM.unlock();
            throw e;
        }
    }

    private static Lock lock(FileChannel file) throws IOException {
        try {
            file.lock();
            return new Lock(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private List<NatsVersion> newestFirst() throws NoBinaryException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.flatMap(entry -> NatsVersion.find(entry.getFileName().toString()).stream())
                    .filter(version -> Files.exists(binary(version)))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new NoBinaryException("cannot be read: " + e, e);
        }
    }

    private Path binary(NatsVersion version) {
        return directory.resolve(version.toString()).resolve(machine.platform()).resolve(machine.binaryName());
    }

    /** Held while fetching. */
    record Lock(FileChannel file) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            try {
                file.close();
            } finally {
                THREADS_OF_THIS_JVM.unlock();
            }
        }
    }
}
