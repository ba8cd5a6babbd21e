package io.fleetsdk.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An executable nats-server that is new enough. */
record NatsBinary(Path path, NatsVersion version) {

    /** Asks the file for its version. */
    static NatsBinary inspect(Path file) throws NoBinaryException {
        if (!Files.isRegularFile(file)) {
            throw new NoBinaryException(file + " is not a file");
        }
        if (!Files.isExecutable(file)) {
            throw new NoBinaryException(file + " is not executable");
        }
        Path path = file.toAbsolutePath();
        Tool tool = Tool.here(path.toString(), "--version");
        String answer = tool.run(Duration.ofSeconds(10));
        NatsVersion version = NatsVersion.find(answer)
                .orElseThrow(() -> new NoBinaryException(file + " is no nats-server: it answers --version with \""
                        + answer.lines().findFirst().orElse("") + "\""));
        if (!version.isSupported()) {
            throw new NoBinaryException(file + " is version " + version + ", which is too old: "
                    + NatsVersion.OLDEST_SUPPORTED + " or newer is needed");
        }
        return new NatsBinary(path, version);
    }
}
