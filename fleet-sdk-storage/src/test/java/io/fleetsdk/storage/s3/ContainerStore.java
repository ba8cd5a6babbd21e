package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.StorageLayout;
import java.net.URI;
import org.testcontainers.containers.GenericContainer;

/** A store on a server in a container, with a bucket. */
final class ContainerStore {
    static final String BUCKET = "contract";
    static final String USER = "fleet-admin";
    static final String PASSWORD = "fleet-password";
    static final int PORT = 9000;

    private ContainerStore() {}

    static S3BlobStore of(GenericContainer<?> container) {
        URI endpoint = URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
        S3BlobStore store = S3BlobStore.connect(S3Options.of(endpoint, S3Credentials.keys(USER, PASSWORD)));
        store.buckets().apply(StorageLayout.of(BUCKET));
        return store;
    }
}
