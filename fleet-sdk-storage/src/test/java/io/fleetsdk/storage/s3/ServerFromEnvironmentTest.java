package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.contract.BlobStoreContract;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Any server: its address in {@code FLEET_S3_ENDPOINT}, the credentials in the variables of the AWS tools. */
@EnabledIfEnvironmentVariable(named = "FLEET_S3_ENDPOINT", matches = "http.*")
class ServerFromEnvironmentTest extends BlobStoreContract {
    private static final String BUCKET = "fleet-contract-" + UUID.randomUUID();
    private static final S3BlobStore store = connect();

    @BeforeAll
    static void makeABucket() {
        store.buckets().apply(StorageLayout.of(BUCKET));
    }

    @AfterAll
    static void stop() {
        store.list(BUCKET, "").forEach(entry -> store.delete(entry.ref()));
        store.close();
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Override
    protected String bucket() {
        return BUCKET;
    }

    private static S3BlobStore connect() {
        return S3BlobStore.connect(
                S3Options.of(URI.create(System.getenv("FLEET_S3_ENDPOINT")), S3Credentials.environment()));
    }
}
