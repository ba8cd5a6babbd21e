package io.fleetsdk.storage;

import io.fleetsdk.InvalidInputException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** What not every store can do. Asking a store for one it lacks is refused with {@link InvalidInputException}. */
public enum BlobCapability {
    /** {@link UploadOptions.Existing#REFUSE}: of several writers exactly one creates an object. */
    CREATE_ONLY,
    /** Buckets that keep older versions of their objects. */
    VERSIONING,
    /** Tags on objects. */
    TAGS,
    /** Buckets that let objects expire by rule. */
    LIFECYCLE,
    /** Addresses that let somebody without credentials read or write one object for a while. */
    PRESIGNED_URLS;

    /**
     * @throws InvalidInputException if the store lacks one; names all that it lacks
     */
    public static void require(BlobStore store, Collection<BlobCapability> needed) {
        Set<BlobCapability> lacking = new TreeSet<>(needed);
        lacking.removeAll(store.capabilities());
        if (!lacking.isEmpty()) {
            throw new InvalidInputException("capabilities", lacking, "are not offered by " + store);
        }
    }
}
