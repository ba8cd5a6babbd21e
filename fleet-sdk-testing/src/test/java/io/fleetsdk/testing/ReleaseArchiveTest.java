package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "stand-ins for servers are shell scripts")
class ReleaseArchiveTest {

    private static final String DIRECTORY = "nats-server-v2.15.0-linux-amd64";

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {".tar.gz", ".zip"})
    void anArchiveWithThePinnedChecksumIsUnpackedIntoTheCache(String layout) throws Exception {
        byte[] archive = archive(layout);
        try (ReleaseServer server = ReleaseServer.of(DIRECTORY + layout, archive)) {
            NatsBinary binary = source(server.releases(), sum(archive, layout)).find();
            assertThat(binary)
                    .isEqualTo(new NatsBinary(
                            home.resolve(".cache/fleet-sdk/nats-server/2.15.0/linux-amd64/nats-server"),
                            new NatsVersion(2, 15, 0)));
            assertThat(cached()).containsExactly("2.15.0/linux-amd64/nats-server");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".tar.gz", ".zip"})
    void anArchiveWithAnotherChecksumIsRefusedAndLeavesNothing(String layout) throws Exception {
        byte[] archive = archive(layout);
        try (ReleaseServer server = ReleaseServer.of(DIRECTORY + layout, archive)) {
            String pin = sum(new byte[] {1, 2, 3}, layout);
            assertThatThrownBy(source(server.releases(), pin)::find)
                    .isInstanceOf(NoBinaryException.class)
                    .hasMessageContaining("has SHA-256 " + sha256(archive) + " where " + pin.substring(0, 64)
                            + " is pinned: refused");
            assertThat(cached()).isEmpty();
        }
    }

    @Test
    void aReleaseThatIsNotThereLeavesNothing() throws Exception {
        try (ReleaseServer server = ReleaseServer.of("another-file.zip", new byte[] {1})) {
            assertThatThrownBy(source(server.releases(), sum(new byte[] {1}, ".zip"))::find)
                    .isInstanceOf(NoBinaryException.class)
                    .hasMessageEndingWith(".zip answered 404");
            assertThat(cached()).isEmpty();
        }
    }

    @Test
    void aPlatformWithoutAPinIsSaidToBe() {
        BinaryCache cache = BinaryCache.of(new Machine(Map.of(), home, "plan9", "mips"));
        assertThatThrownBy(ReleaseArchive.official(cache)::find).hasMessage("no archive is pinned for plan9-mips");
    }

    @Test
    void theShippedPinsCoverTheUsualPlatforms() {
        assertThat(PinnedChecksums.shipped().pins())
                .extracting(PinnedChecksums.Pin::platform)
                .containsExactly("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64");
        assertThat(PinnedChecksums.shipped().pins())
                .allSatisfy(pin -> assertThat(
                                NatsVersion.find(pin.tag()).orElseThrow().isSupported())
                        .isTrue());
    }

    @Test
    void processesThatStartTogetherFetchOnceAndAllFindIt() throws Exception {
        byte[] archive = archive(".tar.gz");
        try (ReleaseServer server = ReleaseServer.of(DIRECTORY + ".tar.gz", archive)) {
            List<Process> processes = new ArrayList<>();
            for (int count = 0; count < 4; count++) {
                processes.add(ChildJvm.of(
                                Fetch.class, home.toString(), server.releases().toString(), sum(archive, ".tar.gz"))
                        .start());
            }
            for (Process process : processes) {
                assertThat(ChildJvm.output(process))
                        .isEqualTo(home.resolve(".cache/fleet-sdk/nats-server/2.15.0/linux-amd64/nats-server")
                                .toString());
            }
            assertThat(server.downloads()).isEqualTo(1);
        }
    }

    /** One of several processes that look for a server. */
    static final class Fetch {

        private Fetch() {}

        public static void main(String[] arguments) {
            Machine machine = FakeServer.machine(Path.of(arguments[0]), System.getenv());
            BinaryCache cache = new BinaryCache(machine, Path.of(arguments[0], ".cache/fleet-sdk/nats-server"));
            ReleaseArchive archive =
                    new ReleaseArchive(cache, URI.create(arguments[1]), PinnedChecksums.parse(arguments[2]));
            System.out.println(
                    new BinarySearch(List.of(), cache, List.of(archive)).find().path());
        }
    }

    private ReleaseArchive source(URI releases, String sums) {
        Machine machine = FakeServer.machine(home, System.getenv());
        BinaryCache cache = new BinaryCache(machine, home.resolve(".cache/fleet-sdk/nats-server"));
        return new ReleaseArchive(cache, releases, PinnedChecksums.parse(sums));
    }

    private List<String> cached() throws IOException {
        Path cache = home.resolve(".cache/fleet-sdk/nats-server");
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> cache.relativize(file).toString())
                    .toList();
        }
    }

    private byte[] archive(String layout) throws Exception {
        Path server =
                FakeServer.write(home.resolve("packing").resolve(DIRECTORY).resolve("nats-server"), "2.15.0");
        return layout.equals(".zip") ? zip(server) : tar(home.resolve("packing"));
    }

    private static byte[] zip(Path server) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(DIRECTORY + "/README.md"));
            zip.write("Read me".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(DIRECTORY + "/nats-server"));
            Files.copy(server, zip);
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(Path directory) throws Exception {
        new Tool(directory, List.of("tar", "-czf", "archive", DIRECTORY)).run(Duration.ofSeconds(10));
        return Files.readAllBytes(directory.resolve("archive"));
    }

    private static String sum(byte[] archive, String layout) throws GeneralSecurityException {
        return sha256(archive) + "  " + DIRECTORY + layout;
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
