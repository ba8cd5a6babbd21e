package io.fleetsdk.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The archive of the official release for this system and CPU, accepted only with the pinned checksum. */
record ReleaseArchive(BinaryCache cache, URI releases, PinnedChecksums pins) implements BinarySource {

    private static final Logger log = LoggerFactory.getLogger(ReleaseArchive.class);
    private static final URI OFFICIAL = URI.create("https://github.com/nats-io/nats-server/releases/download/");
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(2);
    private static final Duration UNPACK_LIMIT = Duration.ofMinutes(1);

    static ReleaseArchive official(BinaryCache cache) {
        return new ReleaseArchive(cache, OFFICIAL, PinnedChecksums.shipped());
    }

    @Override
    public String place() {
        return "release archive at " + releases.getHost();
    }

    @Override
    public NatsBinary find() throws NoBinaryException {
        String platform = cache.machine().platform();
        PinnedChecksums.Pin pin = pins.forPlatform(platform)
                .orElseThrow(() -> new NoBinaryException("no archive is pinned for " + platform));
        try (OwnedDirectory work = cache.workspace()) {
            Path archive = work.path().resolve(pin.file());
            download(releases.resolve(pin.tag() + "/" + pin.file()), archive, pin);
            return cache.adopt(unpack(work.path(), archive, pin));
        } catch (IOException e) {
            throw new NoBinaryException(pin.file() + " could not be fetched: " + e, e);
        }
    }

    private static void download(URI from, Path to, PinnedChecksums.Pin pin) throws IOException, NoBinaryException {
        log.info("fetching {}", from);
        int status = get(from, to);
        if (status != 200) {
            throw new NoBinaryException(from + " answered " + status);
        }
        String checksum = HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(to)));
        if (!checksum.equals(pin.sha256())) {
            throw new NoBinaryException(
                    from + " has SHA-256 " + checksum + " where " + pin.sha256() + " is pinned: refused");
        }
    }

    private static int get(URI from, Path to) throws NoBinaryException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_LIMIT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request = HttpRequest.newBuilder(from).build();
        try {
            return client.sendAsync(request, BodyHandlers.ofFile(to))
                    .get(DOWNLOAD_LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .statusCode();
        } catch (ExecutionException e) {
            throw new NoBinaryException(from.getHost() + " cannot be reached: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new NoBinaryException(from + " took longer than " + DOWNLOAD_LIMIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoBinaryException("the download was interrupted", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Path unpack(Path directory, Path archive, PinnedChecksums.Pin pin) throws IOException, NoBinaryException {
        String binary = pin.directory() + "/" + cache.machine().binaryName();
        if (pin.file().endsWith(".zip")) {
            return unzip(archive, binary, directory.resolve(cache.machine().binaryName()));
        }
        // Every system that gets a tar.gz has tar.
        new Tool(directory, List.of("tar", "-xzf", archive.toString())).run(UNPACK_LIMIT);
        return directory.resolve(binary);
    }

    private static Path unzip(Path archive, String entry, Path to) throws IOException, NoBinaryException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry binary = zip.getEntry(entry);
            if (binary == null) {
                throw new NoBinaryException(archive.getFileName() + " has no " + entry + " in it");
            }
            try (InputStream content = zip.getInputStream(binary)) {
                Files.copy(content, to);
            }
        }
        if (!to.toFile().setExecutable(true)) {
            throw new IOException(to + " cannot be made executable");
        }
        return to;
    }
}
