package io.fleetsdk.storage.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.storage.BlobCapability;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.UploadOptions;
import io.fleetsdk.storage.failover.Debt.Behind;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.fleetsdk.storage.s3.S3Credentials;
import io.fleetsdk.storage.s3.S3Options;
import io.fleetsdk.testing.ObjectServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FailoverBlobStoreTest {
    private static final String BUCKET = "failover";
    private static final ObjectServer first = ObjectServer.start();
    private static final ObjectServer second = ObjectServer.start();
    private static final S3BlobStore primary = store(first);
    private static final S3BlobStore backup = store(second);

    private final BlobRef ref = BlobRef.of(BUCKET, "t-" + UUID.randomUUID());

    @TempDir
    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private FailoverBlobStore both;

    @BeforeAll
    static void makeBuckets() {
        primary.buckets().apply(StorageLayout.of(BUCKET));
        backup.buckets().apply(StorageLayout.of(BUCKET));
    }

    @BeforeEach
    void open() {
        both = FailoverBlobStore.open(primary, backup, journal());
    }

    @AfterEach
    void bringBack() {
        both.close();
        if (!first.isRunning()) {
            first.restart();
        }
        if (!second.isRunning()) {
            second.restart();
        }
    }

    @AfterAll
    static void stop() {
        primary.close();
        backup.close();
        first.close();
        second.close();
    }

    @Test
    void aChangeReachesBothAndNothingIsOwed() {
        both.upload(ref, BlobSource.of("content"));
        assertThat(text(primary)).isEqualTo("content");
        assertThat(text(backup)).isEqualTo("content");
        both.delete(ref);
        assertThat(primary.exists(ref)).isFalse();
        assertThat(backup.exists(ref)).isFalse();
        assertThat(both.debts()).isEmpty();
    }

    @Test
    void withoutThePrimaryItIsWrittenToAndReadFromTheBackupAndOwed() {
        both.upload(ref, BlobSource.of("old"));
        first.stop();
        both.upload(ref, BlobSource.of("new"));
        assertThat(text(both)).isEqualTo("new");
        assertThat(both.debts()).containsExactly(new Debt(ref, Behind.PRIMARY));
        first.restart();
        assertThat(text(both)).as("the primary is known to be behind").isEqualTo("new");
        assertThat(both.repair()).isEmpty();
        assertThat(text(primary)).isEqualTo("new");
    }

    @Test
    void withoutTheBackupItIsWrittenAndOwed() {
        second.stop();
        both.upload(
                ref,
                BlobSource.of("content"),
                UploadOptions.builder().metadata("robot", "RB-1").build());
        assertThat(both.debts()).containsExactly(new Debt(ref, Behind.BACKUP));
        assertThat(both.repair()).as("what fails for now stays owed").hasSize(1);
        second.restart();
        assertThat(both.repair()).isEmpty();
        assertThat(text(backup)).isEqualTo("content");
        assertThat(backup.head(ref).orElseThrow().metadata()).containsEntry("robot", "RB-1");
    }

    @Test
    void aDeletionThatOneMissedIsMadeUpFor() {
        both.upload(ref, BlobSource.of("content"));
        second.stop();
        both.delete(ref);
        second.restart();
        assertThat(backup.exists(ref)).isTrue();
        assertThat(both.repair()).isEmpty();
        assertThat(backup.exists(ref)).isFalse();
    }

    @Test
    void whatIsOwedSurvivesARestartAndALineCutShort() throws IOException {
        second.stop();
        both.upload(ref, BlobSource.of("content"));
        both.close();
        Files.writeString(journal(), "+ PRIMARY failo", StandardOpenOption.APPEND);
        both = FailoverBlobStore.open(primary, backup, journal());
        assertThat(both.debts()).containsExactly(new Debt(ref, Behind.BACKUP));
        second.restart();
        assertThat(both.repair()).isEmpty();
    }

    @Test
    void aCrashBetweenBothStoresIsRepairedTowardsTheNewer() throws IOException {
        both.close();
        backup.upload(ref, BlobSource.of("only here"));
        Files.writeString(journal(), "+ WRITING " + BUCKET + " " + ref.key() + "\n");
        both = FailoverBlobStore.open(primary, backup, journal());
        assertThat(both.repair()).isEmpty();
        assertThat(text(primary)).isEqualTo("only here");
    }

    @Test
    void withoutBothItFailsAndNothingIsOwed() {
        first.stop();
        second.stop();
        assertThatThrownBy(() -> both.upload(ref, BlobSource.of("content"))).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> both.head(ref)).isInstanceOf(UnavailableException.class);
        assertThat(both.debts()).isEmpty();
    }

    @Test
    void whoCreatesItIsDecidedByThePrimaryAlone() {
        UploadOptions createOnly = UploadOptions.builder().createOnly().build();
        both.upload(ref, BlobSource.of("content"), createOnly);
        assertThatThrownBy(() -> both.upload(ref, BlobSource.of("other"), createOnly))
                .isInstanceOf(ConflictException.class);
        first.stop();
        BlobRef another = BlobRef.of(BUCKET, "t-" + UUID.randomUUID());
        assertThatThrownBy(() -> both.upload(another, BlobSource.of("x"), createOnly))
                .isInstanceOf(UnavailableException.class);
        assertThat(backup.exists(another)).isFalse();
        assertThat(text(backup)).isEqualTo("content");
        assertThat(both.debts()).isEmpty();
    }

    @Test
    void aPrimaryThatFailsOftenIsNoLongerAsked() {
        both.upload(ref, BlobSource.of("content"));
        first.stop();
        for (int i = 0; i < 4; i++) {
            assertThat(text(both)).isEqualTo("content");
        }
        first.restart();
        primary.delete(ref);
        assertThat(text(both)).as("the breaker keeps calls from the primary").isEqualTo("content");
    }

    @Test
    void contentThatRottedInThePrimaryComesFromTheBackup() throws IOException {
        both.upload(ref, BlobSource.of("content"));
        Files.writeString(
                first.dataDirectory().resolve(BUCKET).resolve(ref.key()), "rotten!", StandardOpenOption.WRITE);
        both.download(ref, directory.resolve("out"));
        assertThat(directory.resolve("out")).hasContent("content");
    }

    @Test
    void whatTheStoresDoNotHaveAlikeIsFound() {
        BlobRef here = BlobRef.of(BUCKET, ref.key() + "/a");
        BlobRef there = BlobRef.of(BUCKET, ref.key() + "/b");
        BlobRef differs = BlobRef.of(BUCKET, ref.key() + "/c");
        BlobRef alike = BlobRef.of(BUCKET, ref.key() + "/d");
        primary.upload(here, BlobSource.of("x"));
        backup.upload(there, BlobSource.of("x"));
        primary.upload(differs, BlobSource.of("x"));
        backup.upload(differs, BlobSource.of("y"));
        both.upload(alike, BlobSource.of("x"));
        assertThat(both.divergences(BUCKET, ref.key() + "/"))
                .containsExactly(
                        new Divergence(here, Divergence.Kind.ONLY_PRIMARY),
                        new Divergence(there, Divergence.Kind.ONLY_BACKUP),
                        new Divergence(differs, Divergence.Kind.DIFFERENT));
    }

    @Test
    void aRefusalIsARefusalAndNothingIsOwed() {
        BlobRef nowhere = BlobRef.of("no-such-bucket", "a");
        assertThatThrownBy(() -> both.upload(nowhere, BlobSource.of("x"))).isInstanceOf(FleetException.class);
        assertThat(both.debts()).isEmpty();
        assertThat(both.capabilities()).doesNotContain(BlobCapability.VERSIONING);
    }

    private Path journal() {
        return directory.resolve("journal");
    }

    private String text(BlobStore store) {
        try (BlobContent content = store.open(ref)) {
            return new String(content.readAll(), StandardCharsets.UTF_8);
        }
    }

    private static S3BlobStore store(ObjectServer server) {
        return S3BlobStore.connect(S3Options.builder()
                .endpoint(server.endpoint())
                .credentials(S3Credentials.keys(server.accessKey(), server.secretKey()))
                .capabilities(Set.of(BlobCapability.CREATE_ONLY, BlobCapability.PRESIGNED_URLS))
                .patience(Duration.ofMillis(50))
                .build());
    }
}
