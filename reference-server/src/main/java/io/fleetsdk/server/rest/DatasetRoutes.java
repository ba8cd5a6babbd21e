package io.fleetsdk.server.rest;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.dataset.DatasetManifest;
import io.fleetsdk.storage.dataset.DatasetRef;
import io.fleetsdk.storage.dataset.DatasetStore;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Datasets: which there are, and their files, which come in and go out as ZIP archives, whatever their size. */
public final class DatasetRoutes {
    private static final String ZIP = "application/zip";

    private final Optional<DatasetStore> store;

    /**
     * @param blobs empty where the server has no store for objects
     */
    public DatasetRoutes(Optional<BlobStore> blobs) {
        this.store = blobs.map(DatasetStore::new);
    }

    /** One dataset and its versions. */
    record Versions(String name, List<String> versions) {}

    public void list(Context ctx) {
        DatasetStore datasets = store();
        ctx.json(datasets.names()
                .map(name -> new Versions(
                        name, datasets.versions(name).map(DatasetRef::version).toList()))
                .toList());
    }

    public void find(Context ctx) {
        ctx.json(DatasetDto.of(named(ref(ctx))));
    }

    /** What comes is written to the disk first: a dataset is there whole or not at all. */
    public void upload(Context ctx) throws IOException {
        DatasetRef ref = ref(ctx);
        DatasetStore datasets = store();
        Path directory = Files.createTempDirectory("dataset-");
        try {
            DatasetArchive.unpack(ctx.bodyInputStream(), directory);
            DatasetManifest manifest = datasets.upload(ref, directory);
            AuditLog.note(ctx, "dataset", ref);
            ctx.status(HttpStatus.CREATED).json(DatasetDto.of(manifest));
        } finally {
            delete(directory);
        }
    }

    /** Cut short where a file is not what was uploaded. */
    public void download(Context ctx) throws IOException {
        DatasetManifest manifest = named(ref(ctx));
        String name = manifest.ref().name() + "-" + manifest.ref().version() + ".zip";
        ctx.contentType(ZIP).header(Header.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
        DatasetArchive.pack(manifest, store(), ctx.outputStream());
    }

    private DatasetManifest named(DatasetRef ref) {
        return store().find(ref).orElseThrow(() -> new NotFoundException("there is no dataset " + ref));
    }

    private DatasetStore store() {
        return store.orElseThrow(() -> new UnavailableException("this server has no store for files", null));
    }

    private static DatasetRef ref(Context ctx) {
        return new DatasetRef(ctx.pathParam("dataset"), ctx.pathParam("version"));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
