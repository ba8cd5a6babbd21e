package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class ObjectServerTest {
    private static final String BUCKET = "robot-logs";

    @Test
    void itIsAnS3ServerThatChecksWhoAsks() {
        try (ObjectServer server = ObjectServer.start();
                S3Client client = client(server, server.secretKey());
                S3Client stranger = client(server, "not the secret")) {
            client.createBucket(request -> request.bucket(BUCKET));
            put(client, "RB-1/a", "content");
            assertThat(text(client, "RB-1/a")).isEqualTo("content");
            assertThat(client.headObject(request -> request.bucket(BUCKET).key("RB-1/a"))
                            .metadata())
                    .containsExactly(Map.entry("robot", "RB-1"));
            assertThatThrownBy(() -> text(stranger, "RB-1/a"))
                    .isInstanceOf(S3Exception.class)
                    .extracting("statusCode")
                    .isEqualTo(403);
        }
    }

    @Test
    void aKilledServerComesBackAtItsPlaceWithItsObjects() {
        try (ObjectServer server = ObjectServer.builder().ownProcess().start();
                S3Client client = client(server, server.secretKey())) {
            client.createBucket(request -> request.bucket(BUCKET));
            put(client, "a", "content");
            server.kill();
            assertThat(server.isRunning()).isFalse();
            server.restart();
            assertThat(server.isRunning()).isTrue();
            assertThat(text(client, "a")).isEqualTo("content");
        }
    }

    @Test
    void whatAKilledServerLeftHalfWrittenIsGone(@TempDir Path directory) throws IOException {
        String unfinished = "a-" + UUID.randomUUID();
        String finished = "job-" + UUID.randomUUID();
        try (ObjectServer server =
                        ObjectServer.builder().dataDirectory(directory).start();
                S3Client client = client(server, server.secretKey())) {
            client.createBucket(request -> request.bucket(BUCKET));
            put(client, finished, "content");
            Files.writeString(directory.resolve(BUCKET).resolve(unfinished), "cont");
            assertThat(keys(client)).containsExactly(finished);
            server.restart();
            assertThat(keys(client)).containsExactly(finished);
            assertThat(directory.resolve(BUCKET).resolve(unfinished)).doesNotExist();
        }
        assertThat(directory.resolve(BUCKET).resolve(finished)).exists();
    }

    @Test
    void anUploadIsInvisibleUntilItIsWhole() throws Exception {
        try (ObjectServer server = ObjectServer.start();
                S3Client client = client(server, server.secretKey())) {
            client.createBucket(request -> request.bucket(BUCKET));
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            InputStream halting = new HaltingStream(200_000, begun, goOn);
            CompletableFuture<Void> upload = CompletableFuture.runAsync(() -> client.putObject(
                    request -> request.bucket(BUCKET).key("a"), RequestBody.fromInputStream(halting, 400_000)));
            begun.await();
            assertThat(keys(client)).isEmpty();
            goOn.countDown();
            upload.join();
            assertThat(keys(client)).containsExactly("a");
        }
    }

    @Test
    void aServerInThisJvmCannotBeKilled() {
        try (ObjectServer server = ObjectServer.start()) {
            assertThatThrownBy(server::kill)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ownProcess()");
            server.stop();
            server.stop();
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void itsTemporaryDirectoryGoesWithIt() {
        ObjectServer server = ObjectServer.start();
        server.close();
        server.close();
        assertThat(server.dataDirectory()).doesNotExist();
        assertThatThrownBy(server::restart).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aServerTellsNobodyItsSecret() {
        try (ObjectServer server = ObjectServer.start()) {
            assertThat(server.toString()).doesNotContain(server.secretKey());
            assertThat(server.secretKey()).hasSize(40);
        }
    }

    @Test
    void aPlaceWithoutExtendedAttributesIsRefused() {
        Path proc = Path.of("/proc/self");
        assumeThat(proc).isDirectory();
        assertThatThrownBy(() -> ObjectServer.builder().dataDirectory(proc).start())
                .isInstanceOfAny(InvalidInputException.class, UnavailableException.class);
    }

    private static void put(S3Client client, String key, String text) {
        client.putObject(
                request -> request.bucket(BUCKET).key(key).metadata(Map.of("robot", "RB-1")),
                RequestBody.fromString(text));
    }

    private static String text(S3Client client, String key) {
        return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asUtf8String();
    }

    private static List<String> keys(S3Client client) {
        return client.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                .map(object -> object.key())
                .toList();
    }

    private static S3Client client(ObjectServer server, String secret) {
        return S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(server.accessKey(), secret)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
