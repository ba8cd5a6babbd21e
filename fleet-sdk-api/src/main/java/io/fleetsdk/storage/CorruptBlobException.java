package io.fleetsdk.storage;

import io.fleetsdk.FleetException;

/**
 * The content is not what was stored. Reading it again will not help: take it from a backup or from where it came from. What was
 * read is not to be used; {@link BlobStore#download} leaves no file.
 */
public final class CorruptBlobException extends FleetException {
    private static final long serialVersionUID = 1L;

    public CorruptBlobException(BlobRef ref, Digest expected, Digest found) {
        super(ref + ": the content is " + found + ", what was stored is " + expected, null);
    }

    public CorruptBlobException(String message) {
        super(message, null);
    }
}
