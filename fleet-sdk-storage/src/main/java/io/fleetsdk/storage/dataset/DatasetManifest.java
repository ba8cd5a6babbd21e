package io.fleetsdk.storage.dataset;

import io.fleetsdk.internal.Require;
import io.fleetsdk.storage.Digest;
import java.util.List;

/**
 * What one version of a data set is made of.
 *
 * @param format of LeRobot, such as {@code v2.1}
 * @param files in the order of their paths
 */
public record DatasetManifest(DatasetRef ref, String format, long episodes, long frames, List<File> files) {
    public DatasetManifest {
        ref = Require.present("ref", ref);
        format = Require.label("format", format);
        files = Require.list("files", files);
    }

    /**
     * One file.
     *
     * @param path within the data set, with {@code /}
     * @param size in bytes
     */
    public record File(String path, long size, Digest digest) {
        public File {
            path = Require.present("path", path);
            digest = Require.present("digest", digest);
        }
    }

    /** Bytes of all files together. */
    public long size() {
        return files.stream().mapToLong(File::size).sum();
    }
}
