package io.fleetsdk.testing;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** S3Proxy over a directory, in this JVM. */
final class EmbeddedStore implements RunningStore {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);
    private static final int LARGEST_SIGNED_WHOLE = 32 * 1024 * 1024;

    private final S3Proxy proxy;

    private EmbeddedStore(S3Proxy proxy) {
        this.proxy = proxy;
    }

    static EmbeddedStore start(ObjectServerConfig config) throws IOException {
        Path directory = Files.createDirectories(config.directory());
        checkAttributes(directory);
        UnfinishedFiles.remove(directory);
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new WholeObjects(new FilesystemNio2BlobStore(directory.toString())))
                .endpoint(config.endpoint())
                .awsAuthentication(AuthenticationType.AWS_V4, config.accessKey(), config.secretKey())
                .v4MaxNonChunkedRequestSize(LARGEST_SIGNED_WHOLE)
                // Some clients send headers that say nothing about what is to be stored.
                .ignoreUnknownHeaders(true)
                .build();
        start(proxy, config);
        return new EmbeddedStore(proxy);
    }

    @Override
    public boolean isRunning() {
        return proxy.getState().equals("STARTED");
    }

    @Override
    public void stop() {
        try {
            proxy.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // that is what it declares
            log.warn("the object server did not stop well", e);
        }
    }

    @Override
    public void kill() {
        throw new IllegalStateException(
                "only a server in a process of its own can be killed: start it with ownProcess()");
    }

    private static void start(S3Proxy proxy, ObjectServerConfig config) {
        try {
            proxy.start();
        } catch (Exception e) { // that is what it declares
            throw new UnavailableException("the object server could not be started: " + config, e);
        }
    }

    /** Without them the server would store objects and silently forget their metadata. */
    private static void checkAttributes(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, ".attributes", "");
        try {
            if (!keepsAttributes(probe)) {
                throw new InvalidInputException(
                        "dataDirectory", directory, "must be on a file system with extended attributes");
            }
        } finally {
            Files.delete(probe);
        }
    }

    private static boolean keepsAttributes(Path file) {
        Optional<UserDefinedFileAttributeView> attributes =
                Optional.ofNullable(Files.getFileAttributeView(file, UserDefinedFileAttributeView.class));
        try {
            return attributes.isPresent() && attributes.get().write("fleet", ByteBuffer.allocate(1)) == 1;
        } catch (IOException e) {
            log.debug("{} takes no extended attributes", file, e);
            return false;
        }
    }
}
