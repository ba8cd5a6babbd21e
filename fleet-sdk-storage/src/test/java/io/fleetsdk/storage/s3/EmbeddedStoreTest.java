package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.contract.BlobStoreContract;
import io.fleetsdk.testing.ObjectServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The embedded S3 server, the default where no endpoint is configured. */
class EmbeddedStoreTest extends BlobStoreContract {
    private static final ObjectServer server = ObjectServer.start();
    private static final S3BlobStore store = TestStore.of(server);

    @BeforeAll
    static void makeABucket() {
        store.buckets().apply(StorageLayout.of("contract"));
    }

    @AfterAll
    static void stop() {
        store.close();
        server.close();
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Override
    protected String bucket() {
        return "contract";
    }
}
