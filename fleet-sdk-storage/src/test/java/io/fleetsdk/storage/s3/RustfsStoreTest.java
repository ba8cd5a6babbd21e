package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.contract.BlobStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

/** RustFS, where Docker is. */
@Testcontainers(disabledWithoutDocker = true)
class RustfsStoreTest extends BlobStoreContract {
    @Container
    private static final GenericContainer<?> server = new GenericContainer<>(
                    DockerImageName.parse("rustfs/rustfs:1.0.0-alpha.67"))
            .withEnv("RUSTFS_ACCESS_KEY", ContainerStore.USER)
            .withEnv("RUSTFS_SECRET_KEY", ContainerStore.PASSWORD)
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
