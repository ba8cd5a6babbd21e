package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the archive this machine is configured for. */
class DebianArchiveTest {

    private static final List<Path> SYSTEM_STATE = List.of(
            Path.of("/var/lib/apt"),
            Path.of("/var/lib/apt/lists"),
            Path.of("/var/cache/apt"),
            Path.of("/var/cache/apt/archives"));

    @TempDir
    Path directory;

    @BeforeEach
    void thisIsDebianOrUbuntu() throws IOException {
        assumeTrue(Machine.current().executable("apt-get").isPresent(), "there is no apt-get on this machine");
        assumeTrue(
                Files.readString(Path.of("/etc/os-release"))
                        .lines()
                        .anyMatch(line -> line.matches("ID=(debian|ubuntu)")),
                "this is neither Debian nor Ubuntu");
    }

    @Test
    void theNewestSuiteHasAServerThatRunsAndTheListsOfTheSystemStayUntouched() throws Exception {
        Map<Path, FileTime> before = systemState();
        NatsBinary binary = DebianArchive.ofThisMachine(cache()).find();
        assertThat(binary.version()).isGreaterThanOrEqualTo(NatsVersion.OLDEST_SUPPORTED);
        assertThat(binary).isEqualTo(cache().find());
        assertThat(systemState()).isEqualTo(before);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve(binary.version().toString()));
        }
    }

    @Test
    void theServerOfDebianTwelveIsTooOld() throws IOException {
        assumeTrue(Files.readString(Path.of("/etc/os-release")).contains("ID=debian"), "this is not Debian");
        DebianArchive bookworm = new DebianArchive(cache(), Path.of("/etc"), Map.of("debian", "bookworm"));
        assertThatThrownBy(bookworm::find)
                .isInstanceOf(NoBinaryException.class)
                .hasMessageMatching(
                        ".*nats-server is version 2\\.9\\.\\d+, which is too old: 2.14.0 or newer is needed");
        assertThat(directory).isEmptyDirectory();
    }

    private BinaryCache cache() {
        return new BinaryCache(Machine.current(), directory);
    }

    /** All of it that anybody may read. */
    private static Map<Path, FileTime> systemState() throws IOException {
        Map<Path, FileTime> state = new TreeMap<>();
        for (Path directory : SYSTEM_STATE) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    state.put(file, Files.getLastModifiedTime(file));
                }
            }
        }
        return state;
    }
}
