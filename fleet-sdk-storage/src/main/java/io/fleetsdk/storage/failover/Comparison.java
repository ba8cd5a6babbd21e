package io.fleetsdk.storage.failover;

import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.failover.Divergence.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/** Goes through both listings side by side; both are in the order of the keys' bytes. */
final class Comparison {
    private final BlobStore primary;
    private final BlobStore backup;
    private final Iterator<BlobEntry> ofPrimary;
    private final Iterator<BlobEntry> ofBackup;

    Comparison(BlobStore primary, BlobStore backup, String bucket, String prefix) {
        this.primary = primary;
        this.backup = backup;
        this.ofPrimary = primary.list(bucket, prefix).iterator();
        this.ofBackup = backup.list(bucket, prefix).iterator();
    }

    void report(Consumer<Divergence> found) {
        Optional<BlobEntry> left = next(ofPrimary);
        Optional<BlobEntry> right = next(ofBackup);
        while (left.isPresent() || right.isPresent()) {
            int order = order(left, right);
            if (order < 0) {
                found.accept(new Divergence(left.orElseThrow().ref(), Kind.ONLY_PRIMARY));
            } else if (order > 0) {
                found.accept(new Divergence(right.orElseThrow().ref(), Kind.ONLY_BACKUP));
            } else if (!isAlike(left.orElseThrow(), right.orElseThrow())) {
                found.accept(new Divergence(left.orElseThrow().ref(), Kind.DIFFERENT));
            }
            left = order <= 0 ? next(ofPrimary) : left;
            right = order >= 0 ? next(ofBackup) : right;
        }
    }

    /** Marks of stores are their own, so digests decide. */
    private boolean isAlike(BlobEntry left, BlobEntry right) {
        return left.size() == right.size()
                && primary.head(left.ref())
                        .flatMap(Blob::digest)
                        .equals(backup.head(right.ref()).flatMap(Blob::digest));
    }

    private static int order(Optional<BlobEntry> left, Optional<BlobEntry> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? 1 : -1;
        }
        return Arrays.compareUnsigned(bytes(left.get()), bytes(right.get()));
    }

    private static byte[] bytes(BlobEntry entry) {
        return entry.key().getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<BlobEntry> next(Iterator<BlobEntry> entries) {
        return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
    }
}
