package io.fleetsdk.storage.failover;

import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobCapability;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.UploadOptions;
import java.util.Optional;

/** Gives a store what it missed. Doing it twice does no harm. */
record Repair(BlobStore primary, BlobStore backup) {

    void settle(Debt debt) {
        switch (debt.behind()) {
            case PRIMARY -> bringUp(debt.ref(), backup, primary);
            case BACKUP -> bringUp(debt.ref(), primary, backup);
            case WRITING -> takeTheNewer(debt.ref());
            case DELETING -> delete(debt.ref());
        }
    }

    private void delete(BlobRef ref) {
        primary.delete(ref);
        backup.delete(ref);
    }

    private void takeTheNewer(BlobRef ref) {
        Optional<Blob> first = primary.head(ref);
        Optional<Blob> second = backup.head(ref);
        boolean backupIsNewer = second.isPresent()
                && first.filter(blob ->
                                !blob.lastModified().isBefore(second.get().lastModified()))
                        .isEmpty();
        if (backupIsNewer) {
            bringUp(ref, backup, primary);
        } else {
            bringUp(ref, primary, backup);
        }
    }

    private static void bringUp(BlobRef ref, BlobStore from, BlobStore to) {
        Optional<Blob> truth = from.head(ref);
        if (truth.isEmpty()) {
            to.delete(ref);
        } else if (!isAlike(truth.get(), to.head(ref))) {
            send(truth.get(), from, to);
        }
    }

    private static boolean isAlike(Blob truth, Optional<Blob> other) {
        return truth.digest().isPresent() && other.flatMap(Blob::digest).equals(truth.digest());
    }

    private static void send(Blob blob, BlobStore from, BlobStore to) {
        UploadOptions.Builder options =
                UploadOptions.builder().contentType(blob.contentType()).metadata(blob.metadata());
        blob.digest().ifPresent(options::digest);
        if (both(from, to, BlobCapability.TAGS)) {
            options.tags(from.tags(blob.ref()));
        }
        try (BlobContent content = from.open(blob.ref())) {
            to.upload(blob.ref().newest(), BlobSource.of(content.stream()), options.build());
        }
    }

    private static boolean both(BlobStore one, BlobStore other, BlobCapability capability) {
        return one.capabilities().contains(capability) && other.capabilities().contains(capability);
    }
}
