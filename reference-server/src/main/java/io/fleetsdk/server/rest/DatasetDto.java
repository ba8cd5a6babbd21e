package io.fleetsdk.server.rest;

import io.fleetsdk.storage.dataset.DatasetManifest;
import java.util.List;

/**
 * A version of a dataset.
 *
 * @param format such as {@code v2.1}
 * @param size bytes of all files
 */
record DatasetDto(String name, String version, String format, long episodes, long frames, long size, List<File> files) {
    /** One of its files. */
    record File(String path, long size, String digest) {
        static File of(DatasetManifest.File file) {
            return new File(file.path(), file.size(), file.digest().toString());
        }
    }

    static DatasetDto of(DatasetManifest manifest) {
        return new DatasetDto(
                manifest.ref().name(),
                manifest.ref().version(),
                manifest.format(),
                manifest.episodes(),
                manifest.frames(),
                manifest.size(),
                manifest.files().stream().map(File::of).toList());
    }
}
