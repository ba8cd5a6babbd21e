package io.fleetsdk.storage.s3;

import io.fleetsdk.testing.ObjectServer;
import java.net.URI;
import java.time.Duration;

/** Stores as tests want them: small parts, and little patience with servers that are gone for good. */
final class TestStore {
    static final long PART = 5 * 1024 * 1024;

    private TestStore() {}

    static S3BlobStore of(ObjectServer server) {
        return S3BlobStore.connect(options(server, server.endpoint()).build());
    }

    /** By way of another address, such as that of a proxy. */
    static S3Options.Builder options(ObjectServer server, URI endpoint) {
        return S3Options.builder()
                .endpoint(endpoint)
                .credentials(S3Credentials.keys(server.accessKey(), server.secretKey()))
                .partSize(PART)
                .patience(Duration.ofSeconds(20));
    }
}
