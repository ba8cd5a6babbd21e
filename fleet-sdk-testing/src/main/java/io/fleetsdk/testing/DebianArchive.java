package io.fleetsdk.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The package nats-server of the newest suite of this machine's own Debian or Ubuntu archive: {@code sid} on Debian,
 * {@code devel} on Ubuntu. It is unpacked into the cache and not installed; apt works on lists and caches of its own
 * for this, so that those of the system stay untouched, and verifies the archive's signature as always.
 *
 * @param etc    the machine's {@code /etc}
 * @param suites the suite to take the package from, by the {@code ID} of the distribution
 */
record DebianArchive(BinaryCache cache, Path etc, Map<String, String> suites) implements BinarySource {

    private static final Logger log = LoggerFactory.getLogger(DebianArchive.class);
    private static final Duration UPDATE_LIMIT = Duration.ofMinutes(3);
    private static final Duration STEP_LIMIT = Duration.ofMinutes(2);
    private static final String PACKAGE = "nats-server";

    static DebianArchive ofThisMachine(BinaryCache cache) {
        return new DebianArchive(cache, Path.of("/etc"), Map.of("debian", "sid", "ubuntu", "devel"));
    }

    @Override
    public String place() {
        return "Debian or Ubuntu archive of this machine";
    }

    @Override
    public NatsBinary find() throws NoBinaryException {
        requireTool("apt-get");
        requireTool("dpkg-deb");
        try (OwnedDirectory work = cache.workspace()) {
            String source = newestSuite();
            log.info("fetching the package {} of the newest suite from this machine's archive", PACKAGE);
            log.debug("by the source\n{}", source);
            return cache.adopt(unpack(work.path(), configure(work.path(), source)));
        } catch (IOException e) {
            throw new NoBinaryException("the package could not be fetched: " + e, e);
        }
    }

    private void requireTool(String name) throws NoBinaryException {
        if (cache.machine().executable(name).isEmpty()) {
            throw new NoBinaryException("there is no " + name + " here");
        }
    }

    /** The stanza of the distribution's own archive, turned to its newest suite. */
    String newestSuite() throws IOException, NoBinaryException {
        Map<String, String> release = release();
        String id = release.getOrDefault("ID", "");
        String codename = release.getOrDefault("VERSION_CODENAME", "");
        Map<String, String> stanza = new LinkedHashMap<>(archive(id, codename)
                .orElseThrow(() -> new NoBinaryException(
                        "no source in " + etc.resolve("apt") + " has the component main of the suite " + codename)));
        stanza.put("Types", "deb");
        stanza.put(
                "Suites",
                Optional.ofNullable(suites.get(id))
                        .orElseThrow(() -> new NoBinaryException("the distribution \"" + id + "\" is not known here")));
        stanza.put("Components", id.equals("ubuntu") ? "main universe" : "main");
        stanza.put("Architectures", cache.machine().cpu());
        stanza.put("Targets", "Packages");
        return stanza.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** A machine that follows a moving suite names that in its sources rather than its codename. */
    private Optional<Map<String, String>> archive(String id, String codename) throws IOException {
        AptSources sources = AptSources.read(etc.resolve("apt"));
        return Stream.of(codename, "sid", "unstable", "testing", "stable", "devel")
                .flatMap(suite -> sources.distribution(id, suite).stream())
                .findFirst();
    }

    private Map<String, String> release() throws IOException {
        return Files.readString(etc.resolve("os-release"))
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].replace("\"", ""), (first, last) -> last));
    }

    /** Read after the machine's own configuration, so that proxies and credentials set there stay in force. */
    private static Path configure(Path work, String source) throws IOException {
        Files.createDirectories(work.resolve("state/lists/partial"));
        Files.createDirectories(work.resolve("cache/archives/partial"));
        Files.writeString(work.resolve("newest.sources"), source);
        return Files.writeString(work.resolve("apt.conf"), """
                Dir::State "%1$s/state";
                Dir::Cache "%1$s/cache";
                Dir::Etc::SourceList "%1$s/newest.sources";
                Dir::Etc::SourceParts "-";
                APT::Sandbox::User "root";
                APT::Update::Error-Mode "any";
                Acquire::http::Timeout "10";
                Acquire::https::Timeout "10";
                #clear APT::Update::Pre-Invoke;
                #clear APT::Update::Post-Invoke;
                #clear APT::Update::Post-Invoke-Success;
                """.formatted(work));
    }

    private static Path unpack(Path work, Path configuration) throws IOException, NoBinaryException {
        apt(work, configuration, "update").run(UPDATE_LIMIT);
        apt(work, configuration, "download", PACKAGE).run(STEP_LIMIT);
        Path content = Files.createDirectory(work.resolve("content"));
        new Tool(work, List.of("dpkg-deb", "-x", archiveFile(work).toString(), content.toString())).run(STEP_LIMIT);
        return Stream.of("usr/sbin", "usr/bin")
                .map(directory -> content.resolve(directory).resolve(PACKAGE))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new NoBinaryException("the package has no " + PACKAGE + " in it"));
    }

    private static Tool apt(Path work, Path configuration, String... arguments) {
        List<String> apt = List.of("apt-get", "-c", configuration.toString(), "-qq");
        return new Tool(
                work, Stream.concat(apt.stream(), Arrays.stream(arguments)).toList());
    }

    private static Path archiveFile(Path work) throws IOException, NoBinaryException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new NoBinaryException("apt-get download left no package"));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
