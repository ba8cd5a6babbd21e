package io.fleetsdk.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A script that answers {@code --version} as a nats-server of some version does; enough for all but starting it. */
final class FakeServer {

    private FakeServer() {}

    static Path write(Path file, String version) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\necho 'nats-server: v" + version + "'\n");
        return executable(file);
    }

    static Path executable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
        return file;
    }

    /** A Linux machine with nothing on it but what the environment points to. */
    static Machine machine(Path home, Map<String, String> environment) {
        return new Machine(environment, home, "linux", "amd64");
    }
}
