package io.fleetsdk.storage.internal;

import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.CorruptBlobException;
import io.fleetsdk.storage.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Fails at its end when what was read is not what was stored. */
public final class VerifyingStream extends FilterInputStream {
    private final BlobRef ref;
    private final Digest expected;
    private final MessageDigest sha256 = Digest.sha256();
    private boolean verified;

    public VerifyingStream(InputStream in, BlobRef ref, Digest expected) {
        super(in);
        this.ref = ref;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read < 0) {
            verify();
        } else {
            sha256.update((byte) read);
        }
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read < 0) {
            verify();
        } else {
            sha256.update(buffer, offset, read);
        }
        return read;
    }

    /** By reading, for what is not read cannot be verified. */
    @Override
    public long skip(long count) throws IOException {
        return Math.max(0, read(new byte[(int) Math.min(8192, Math.max(0, count))]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() {
        if (verified) {
            return;
        }
        Digest found = Digest.finished(sha256);
        if (!found.equals(expected)) {
            throw new CorruptBlobException(ref, expected, found);
        }
        verified = true;
    }
}
