package io.fleetsdk.testing;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shell that reads from a pipe whose only writer is this JVM, so that the kernel tells it of the JVM's end, also
 * after {@code kill -9}.
 */
final class PipeWatchdog implements Watchdog {

    private static final Logger log = LoggerFactory.getLogger(PipeWatchdog.class);

    /** Each line names the process to guard, an empty one none; $1 is the directory to remove. */
    private static final String SCRIPT = """
            # What is sent to the whole process group of the owner must not end its watchdog first.
            trap '' INT TERM HUP
            # A zombie that nobody has reaped yet is not alive.
            alive() { kill -0 "$1" 2>/dev/null && ! grep -qs '^State:[[:space:]]*Z' "/proc/$1/status"; }
            server=
            while read -r line; do server=$line; done
            if [ -n "$server" ] && kill -TERM "$server" 2>/dev/null; then
              tries=0
              while [ $tries -lt 20 ] && alive "$server"; do
                sleep 0.1
                tries=$((tries + 1))
              done
              kill -KILL "$server" 2>/dev/null
            fi
            rm -rf -- "$1"
            """;

    private static final long NONE = 0;

    private final Process shell;
    private final Writer pipe;
    private long guarded = NONE;

    private PipeWatchdog(Process shell) {
        this.shell = shell;
        this.pipe = shell.outputWriter(StandardCharsets.US_ASCII);
    }

    static PipeWatchdog over(Path directory, Machine machine) throws IOException {
        return new PipeWatchdog(
                new ProcessBuilder(machine.detached("sh", "-c", SCRIPT, "fleet-nats-watchdog", directory.toString()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    @Override
    public synchronized void guard(ProcessHandle server) {
        guarded = server.pid();
        tell(Long.toString(guarded));
    }

    @Override
    public synchronized void forget(ProcessHandle server) {
        if (guarded == server.pid()) {
            guarded = NONE;
            tell("");
        }
    }

    @Override
    public synchronized void close() {
        guarded = NONE;
        tell("");
        try {
            pipe.close();
        } catch (IOException e) {
            outOfReach(e);
        }
        shell.onExit().join();
    }

    private void tell(String line) {
        try {
            pipe.write(line + "\n");
            pipe.flush();
        } catch (IOException e) {
            outOfReach(e);
        }
    }

    private void outOfReach(IOException e) {
        log.warn("the watchdog of a nats-server, process {}, was ended by somebody else", shell.pid(), e);
    }
}
