package io.fleetsdk.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works when the JVM ends by itself; a JVM that is killed leaves its server running. */
final class ShutdownWatchdog implements Watchdog {

    private static final Logger log = LoggerFactory.getLogger(ShutdownWatchdog.class);

    private volatile Optional<ProcessHandle> guarded = Optional.empty();
    private final Thread hook;

    private ShutdownWatchdog(OwnedDirectory directory) {
        this.hook = new Thread(() -> clean(directory), "fleet-nats-watchdog");
    }

    static ShutdownWatchdog over(Path directory) {
        ShutdownWatchdog watchdog = new ShutdownWatchdog(new OwnedDirectory(directory));
        Runtime.getRuntime().addShutdownHook(watchdog.hook);
        return watchdog;
    }

    @Override
    public synchronized void guard(ProcessHandle server) {
        guarded = Optional.of(server);
    }

    @Override
    public synchronized void forget(ProcessHandle server) {
        guarded = guarded.filter(process -> !process.equals(server));
    }

    @Override
    public synchronized void close() {
        guarded = Optional.empty();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log.trace("the JVM is ending, and the hook with it", e);
        }
    }

    private void clean(OwnedDirectory directory) {
        guarded.ifPresent(ShutdownWatchdog::end);
        try {
            directory.close();
        } catch (IOException e) {
            log.warn("{} was left behind", directory.path(), e);
        }
    }

    private static void end(ProcessHandle server) {
        server.destroyForcibly();
        server.onExit().orTimeout(5, TimeUnit.SECONDS).join();
    }
}
