package io.fleetsdk.storage.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.contract.BlobStoreContract;
import io.fleetsdk.testing.NatsServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JetStreamBlobStoreTest extends BlobStoreContract {
    private static final NatsServer server = NatsServer.start();
    private static final JetStreamBlobStore store = JetStreamBlobStore.connect(NatsOptions.of(server.url()));

    @BeforeAll
    static void applyTopology() {
        NatsFleet.applyTopology(NatsOptions.of(server.url()));
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
        return JetStreamBlobStore.SKILLS;
    }

    @Override
    protected int severalPieces() {
        return 3_000_000;
    }

    @Test
    void whatIsLargeBelongsElsewhere() {
        BlobRef ref = ref("large");
        byte[] large = new byte[(int) JetStreamBlobStore.LARGEST + 1];
        assertThatThrownBy(() -> store.upload(ref, BlobSource.of(large)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be at most 10000000");
        assertThat(store.exists(ref)).isFalse();
    }
}
