package io.fleetsdk.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which start of this machine we live in: what was written since then is not lost, even if it is not on disk yet. */
final class MachineStart {
    private static final Logger log = LoggerFactory.getLogger(MachineStart.class);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private MachineStart() {}

    /** Empty where the system does not say. */
    static Optional<UUID> current() {
        try {
            return Optional.of(UUID.fromString(Files.readString(BOOT_ID).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            log.warn("{} cannot be read: every start counts as a start of the machine", BOOT_ID, e);
            return Optional.empty();
        }
    }
}
