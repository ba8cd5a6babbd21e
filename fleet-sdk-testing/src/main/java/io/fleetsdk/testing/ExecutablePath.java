package io.fleetsdk.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The nats-server on {@code PATH}; one that is too old is passed over with that reason. */
record ExecutablePath(Machine machine) implements BinarySource {

    @Override
    public String place() {
        return "PATH";
    }

    @Override
    public NatsBinary find() throws NoBinaryException {
        List<String> refused = new ArrayList<>();
        for (Path directory : machine.executablePath().toList()) {
            Path candidate = directory.resolve(machine.binaryName());
            if (Files.isExecutable(candidate)) {
                try {
                    return NatsBinary.inspect(candidate);
                } catch (NoBinaryException e) {
                    refused.add(e.getMessage());
                }
            }
        }
        throw new NoBinaryException(refused.isEmpty() ? "has no nats-server" : String.join("; ", refused));
    }
}
