package io.fleetsdk.storage.failover;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobCapability;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.ByteRange;
import io.fleetsdk.storage.CorruptBlobException;
import io.fleetsdk.storage.PresignedUrl;
import io.fleetsdk.storage.TransferProgress;
import io.fleetsdk.storage.UploadOptions;
import io.fleetsdk.storage.failover.Debt.Behind;
import io.fleetsdk.storage.internal.LocalContent;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A primary store and its backup as one. A change goes to both; what one of them missed is written into a journal before the change
 * is made, and {@link #repair} brings it there. Reads come from the primary, and from the backup when the primary fails, is known to be
 * behind, or has failed so often lately that a circuit breaker keeps calls from it for 10 s.
 *
 * <p>Create-only is decided by the primary alone: without it such an upload fails. Versions are each store's own, so they are not
 * offered. One process owns a journal. The stores belong to whoever made them: closing this closes the journal only. Thread-safe.
 */
public final class FailoverBlobStore implements BlobStore {
    private static final Logger log = LoggerFactory.getLogger(FailoverBlobStore.class);
    private static final CircuitBreakerConfig BREAKER = CircuitBreakerConfig.custom()
            .slidingWindowSize(10)
            .minimumNumberOfCalls(3)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(10))
            .permittedNumberOfCallsInHalfOpenState(1)
            .recordException(FailoverBlobStore::isAway)
            .build();

    private final BlobStore primary;
    private final BlobStore backup;
    private final DebtJournal journal;
    private final CircuitBreaker breaker = CircuitBreaker.of("primary store", BREAKER);

    private FailoverBlobStore(BlobStore primary, BlobStore backup, DebtJournal journal) {
        this.primary = primary;
        this.backup = backup;
        this.journal = journal;
    }

    /**
     * @param journal a file of this store's own, on a disk that survives this process
     * @throws UnavailableException if the journal cannot be read and written
     */
    public static FailoverBlobStore open(BlobStore primary, BlobStore backup, Path journal) {
        return new FailoverBlobStore(primary, backup, DebtJournal.open(journal));
    }

    /** What both can do, but versions. */
    @Override
    public Set<BlobCapability> capabilities() {
        Set<BlobCapability> both = EnumSet.allOf(BlobCapability.class);
        both.retainAll(primary.capabilities());
        both.retainAll(backup.capabilities());
        both.remove(BlobCapability.VERSIONING);
        return Set.copyOf(both);
    }

    /** What one of the stores missed, the oldest first. */
    public List<Debt> debts() {
        return journal.debts();
    }

    /**
     * Brings each store what it missed. What fails for now stays owed.
     *
     * @return what is still owed
     */
    public List<Debt> repair() {
        Repair repair = new Repair(primary, backup);
        for (Debt debt : journal.debts()) {
            try {
                repair.settle(debt);
                journal.settle(debt.ref());
            } catch (FleetException e) {
                log.warn("{} of {} could not be repaired: {}", debt.behind(), debt.ref(), e.getMessage());
            }
        }
        return journal.debts();
    }

    /** Compares the stores by name, size and digest. What changes meanwhile may be told as divergence. */
    public List<Divergence> divergences(String bucket, String prefix) {
        List<Divergence> found = new ArrayList<>();
        new Comparison(primary, backup, bucket, prefix).report(found::add);
        return List.copyOf(found);
    }

    @Override
    public Blob upload(BlobRef ref, BlobSource source, UploadOptions options) {
        try (LocalContent content = LocalContent.of(source, options.digest())) {
            return options.existing() == UploadOptions.Existing.REFUSE
                    ? created(ref, content.again(), options)
                    : changed(ref, Behind.WRITING, store -> store.upload(ref, content.again(), options));
        } catch (IOException e) {
            throw new UnavailableException("upload " + ref + ": the content could not be read: " + e, e);
        }
    }

    @Override
    public BlobContent open(BlobRef ref, ByteRange range) {
        return read(ref, store -> store.open(ref, range));
    }

    @Override
    public Blob download(BlobRef ref, Path file, TransferProgress progress) {
        return read(ref, store -> store.download(ref, file, progress));
    }

    @Override
    public Optional<Blob> head(BlobRef ref) {
        return read(ref, store -> store.head(ref));
    }

    @Override
    public Stream<BlobEntry> list(String bucket, String prefix) {
        return readEither(store -> store.list(bucket, prefix));
    }

    @Override
    public Stream<String> folders(String bucket, String prefix) {
        return readEither(store -> store.folders(bucket, prefix));
    }

    @Override
    public Stream<BlobEntry> versions(BlobRef ref) {
        BlobCapability.require(this, List.of(BlobCapability.VERSIONING));
        return Stream.empty();
    }

    @Override
    public void delete(BlobRef ref) {
        changed(ref, Behind.DELETING, store -> {
            store.delete(ref);
            return ref;
        });
    }

    @Override
    public Blob copy(BlobRef from, BlobRef to) {
        try (BlobContent content = open(from)) {
            UploadOptions options = UploadOptions.builder()
                    .contentType(content.blob().contentType())
                    .metadata(content.blob().metadata())
                    .build();
            return upload(to, BlobSource.of(content.stream()), options);
        }
    }

    @Override
    public Map<String, String> tags(BlobRef ref) {
        return read(ref, store -> store.tags(ref));
    }

    @Override
    public void tag(BlobRef ref, Map<String, String> tags) {
        changed(ref, Behind.WRITING, store -> {
            store.tag(ref, tags);
            return ref;
        });
    }

    /** Of the store that would be read from now. */
    @Override
    public PresignedUrl presignDownload(BlobRef ref, Duration validFor) {
        return choice(ref).presignDownload(ref, validFor);
    }

    /** Not offered: what is written to an address reaches one store only. */
    @Override
    public PresignedUrl presignUpload(BlobRef ref, UploadOptions options, Duration validFor) {
        throw new InvalidInputException(
                "presignUpload",
                ref,
                "must be asked of one of the stores: what is written there is compared and repaired");
    }

    @Override
    public void close() {
        journal.close();
    }

    @Override
    public String toString() {
        return primary + " with backup " + backup;
    }

    /** Owed to both from before the first until after the last, so that a crash in between is found. */
    private <T> T changed(BlobRef ref, Behind change, Function<BlobStore, T> make) {
        journal.owe(ref, change);
        Outcome<T> first = Outcome.of(() -> breaker.executeSupplier(() -> make.apply(primary)));
        if (first.isRefused()) {
            journal.settle(ref);
            throw first.failure();
        }
        Outcome<T> second = Outcome.of(() -> make.apply(backup));
        record(ref, first, second);
        return first.value().or(second::value).orElseThrow(first::failure);
    }

    /** After two failures what was begun stays owed when one of them may have done it after all. */
    private void record(BlobRef ref, Outcome<?> first, Outcome<?> second) {
        if (first.isDone() && second.isDone()) {
            journal.settle(ref);
        } else if (first.isDone()) {
            journal.owe(ref, Behind.BACKUP);
        } else if (second.isDone()) {
            journal.owe(ref, Behind.PRIMARY);
        } else if (!first.isUnknown() && !second.isUnknown()) {
            journal.settle(ref);
        }
    }

    /** The primary decides who creates it; the backup gets what won. */
    private Blob created(BlobRef ref, BlobSource content, UploadOptions options) {
        journal.owe(ref, Behind.WRITING);
        Outcome<Blob> first = Outcome.of(() -> breaker.executeSupplier(() -> primary.upload(ref, content, options)));
        if (!first.isDone()) {
            if (!first.isUnknown()) {
                journal.settle(ref);
            }
            throw first.failure();
        }
        UploadOptions replacing = options.toBuilder().replace().build();
        record(ref, first, Outcome.of(() -> backup.upload(ref, content, replacing)));
        return first.value().orElseThrow();
    }

    private <T> T read(BlobRef ref, Function<BlobStore, T> read) {
        Optional<Behind> behind = journal.of(ref).map(Debt::behind);
        if (behind.equals(Optional.of(Behind.PRIMARY))) {
            return read.apply(backup);
        }
        if (behind.equals(Optional.of(Behind.BACKUP))) {
            return read.apply(primary);
        }
        return readEither(read);
    }

    private <T> T readEither(Function<BlobStore, T> read) {
        try {
            return breaker.executeSupplier(() -> read.apply(primary));
        } catch (UnavailableException | UnknownOutcomeException | CorruptBlobException | CallNotPermittedException e) {
            log.debug("Reading from the backup: {}", e.getMessage());
            return read.apply(backup);
        }
    }

    private BlobStore choice(BlobRef ref) {
        return read(ref, store -> {
            store.head(ref);
            return store;
        });
    }

    private static boolean isAway(Throwable e) {
        return e instanceof UnavailableException || e instanceof UnknownOutcomeException;
    }
}
