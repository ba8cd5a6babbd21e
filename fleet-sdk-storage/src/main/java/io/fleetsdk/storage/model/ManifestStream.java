package io.fleetsdk.storage.model;

import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.UntrustedModelException;
import io.fleetsdk.model.UntrustedModelException.Reason;
import io.fleetsdk.storage.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Content that must be what a manifest says. What the store itself keeps of its digest does not count: both could have been changed. */
final class ManifestStream extends FilterInputStream {
    private static final int END = -1;

    private final ModelManifest manifest;
    private final MessageDigest sha256 = Digest.sha256();
    private long length;

    ManifestStream(ModelManifest manifest, InputStream content) {
        super(content);
        this.manifest = manifest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == END ? END : one[0] & 0xff;
    }

    /** The last bytes are not handed over before all of them are known to be right: who copies them on cannot take them back. */
    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
        int read = super.read(into, offset, most);
        if (read > 0) {
            sha256.update(into, offset, read);
            length += read;
            checkSoFar();
        } else if (read == END && length < manifest.length()) {
            throw refused("the store has " + length + " of the " + manifest.length() + " bytes of its manifest");
        }
        return read;
    }

    /** Nothing is passed over, for all of it counts. */
    @Override
    public long skip(long most) throws IOException {
        byte[] passed = new byte[(int) Math.min(most, 64 * 1024)];
        return Math.max(0, read(passed, 0, passed.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void checkSoFar() {
        if (length > manifest.length()) {
            throw refused("the store has more than the " + manifest.length() + " bytes of its manifest");
        }
        if (length == manifest.length()) {
            Digest found = Digest.finished(sha256);
            if (!found.equals(manifest.digest())) {
                throw refused("the store has " + found + ", its manifest says " + manifest.digest());
            }
        }
    }

    private UntrustedModelException refused(String why) {
        return new UntrustedModelException(manifest.ref(), Reason.OTHER_CONTENT, why);
    }
}
