package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.contract.BlobStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

/** MinIO, where Docker is. */
@Testcontainers(disabledWithoutDocker = true)
class MinioStoreTest extends BlobStoreContract {
    @Container
    private static final GenericContainer<?> server = new GenericContainer<>(
                    DockerImageName.parse("minio/minio:RELEASE.2025-09-07T16-13-09Z"))
            .withEnv("MINIO_ROOT_USER", ContainerStore.USER)
            .withEnv("MINIO_ROOT_PASSWORD", ContainerStore.PASSWORD)
            .withCommand("server", "/data")
            .withExposedPorts(ContainerStore.PORT);

    @SuppressWarnings("NullAway.Init")
    private static S3BlobStore store;

    @BeforeAll
    static void connect() {
        store = ContainerStore.of(server);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Override
    protected String bucket() {
        return ContainerStore.BUCKET;
    }
}
