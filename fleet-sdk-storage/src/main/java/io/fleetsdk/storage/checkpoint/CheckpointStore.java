package io.fleetsdk.storage.checkpoint;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.UploadOptions;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What training saves on its way, at {@code RUN/epoch-00010.pt}; the suffix says nothing about the format. A run is a path of names, such
 * as {@code arm/job-17}. Thread-safe; failures are those of {@link BlobStore}.
 */
public final class CheckpointStore {
    private static final Pattern NAME = Pattern.compile("epoch-([0-9]{5,10})\\.pt");

    private final BlobStore store;
    private final String bucket;

    /** In the bucket {@link StorageLayout#CHECKPOINTS}. */
    public CheckpointStore(BlobStore store) {
        this(store, StorageLayout.CHECKPOINTS);
    }

    public CheckpointStore(BlobStore store, String bucket) {
        this.store = store;
        this.bucket = bucket;
    }

    /**
     * Keeps a checkpoint; one of this run and epoch that is there stays as it is.
     *
     * @param epoch from 1
     * @param metrics such as the loss, by names of {@code a-z 0-9 -}; kept as metadata
     */
    public Checkpoint keep(String run, int epoch, BlobSource content, Map<String, Double> metrics) {
        BlobRef ref = ref(run, epoch);
        UploadOptions.Builder options = UploadOptions.builder().createOnly();
        metrics.forEach((name, value) -> options.metadata(name, value.toString()));
        try {
            return checkpoint(run, epoch, store.upload(ref, content, options.build()));
        } catch (ConflictException e) {
            return find(run, epoch).orElseThrow(() -> e);
        }
    }

    public Optional<Checkpoint> find(String run, int epoch) {
        return store.head(ref(run, epoch)).map(blob -> checkpoint(run, epoch, blob));
    }

    /** All of a run, by epoch. */
    public Stream<Checkpoint> list(String run) {
        String folder = run + "/";
        return store.list(bucket, folder)
                .flatMap(entry -> checkpoint(run, entry, entry.key().substring(folder.length())).stream())
                .sorted(Comparator.comparingInt(Checkpoint::epoch));
    }

    /** The one of the highest epoch. */
    public Optional<Checkpoint> newest(String run) {
        return list(run).reduce((earlier, later) -> later);
    }

    /** Puts a checkpoint into a file, verified. */
    public Blob fetch(String run, int epoch, Path file) {
        return store.download(ref(run, epoch), file);
    }

    /**
     * Deletes what is not to be retained.
     *
     * @return what was deleted, by epoch
     */
    public List<Checkpoint> prune(String run, Retention retention) {
        List<Checkpoint> superfluous = retention.superfluous(list(run).toList());
        superfluous.forEach(checkpoint -> store.delete(checkpoint.ref()));
        return superfluous;
    }

    private BlobRef ref(String run, int epoch) {
        if (epoch < 1) {
            throw new InvalidInputException("epoch", epoch, "must be at least 1");
        }
        return BlobRef.of(bucket, String.format(Locale.ROOT, "%s/epoch-%05d.pt", run, epoch));
    }

    private static Checkpoint checkpoint(String run, int epoch, Blob blob) {
        return new Checkpoint(run, epoch, blob.ref(), blob.size(), blob.lastModified());
    }

    private static Optional<Checkpoint> checkpoint(String run, BlobEntry entry, String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new Checkpoint(
                        run, Integer.parseInt(matcher.group(1)), entry.ref(), entry.size(), entry.lastModified()))
                : Optional.empty();
    }
}
