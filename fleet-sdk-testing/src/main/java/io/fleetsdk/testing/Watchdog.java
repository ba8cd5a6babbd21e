package io.fleetsdk.testing;

import java.io.IOException;
import java.nio.file.Path;

/** Ends a server and removes its directory when this JVM ends without having done so. */
interface Watchdog extends AutoCloseable {

    /** The best that the machine offers: only with a shell does the promise hold when the JVM is killed. */
    static Watchdog over(Path directory, Machine machine) throws IOException {
        return machine.executable("sh").isPresent()
                ? PipeWatchdog.over(directory, machine)
                : ShutdownWatchdog.over(directory);
    }

    /** From now on this process is to end with the JVM, in place of an earlier one. */
    void guard(ProcessHandle server);

    /** The process has ended: its id may be given to another one. */
    void forget(ProcessHandle server);

    /** Nothing is left to do. */
    @Override
    void close();
}
