package io.fleetsdk.storage.dataset;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.storage.Digest;
import java.util.List;
import java.util.Map;

/** A manifest as the JSON document that is kept. */
record ManifestJson(JsonCodec json) {

    byte[] write(DatasetManifest manifest) {
        List<Map<String, ?>> files = manifest.files().stream()
                .<Map<String, ?>>map(file -> Map.of(
                        "path",
                        file.path(),
                        "size",
                        file.size(),
                        "sha256",
                        file.digest().hex()))
                .toList();
        return json.encode(JsonObject.of(Map.of(
                "name", manifest.ref().name(),
                "version", manifest.ref().version(),
                "format", manifest.format(),
                "episodes", manifest.episodes(),
                "frames", manifest.frames(),
                "files", files)));
    }

    DatasetManifest read(byte[] bytes) {
        JsonObject document = json.decode(bytes, JsonObject.class);
        return new DatasetManifest(
                new DatasetRef(text(document, "name"), text(document, "version")),
                text(document, "format"),
                number(document, "episodes"),
                number(document, "frames"),
                files(document));
    }

    private static List<DatasetManifest.File> files(JsonObject document) {
        if (!(document.get("files").orElse("missing") instanceof List<?> files)) {
            throw new InvalidInputException("files", "missing", "must be a list");
        }
        return files.stream().map(ManifestJson::file).toList();
    }

    private static DatasetManifest.File file(Object element) {
        JsonObject file = JsonObject.of("file", element).object("file").orElse(JsonObject.empty());
        return new DatasetManifest.File(text(file, "path"), number(file, "size"), Digest.parse(text(file, "sha256")));
    }

    private static String text(JsonObject document, String name) {
        return document.string(name).orElseThrow(() -> missing(name));
    }

    private static long number(JsonObject document, String name) {
        return document.integer(name).orElseThrow(() -> missing(name));
    }

    private static InvalidInputException missing(String name) {
        return new InvalidInputException(name, "missing", "is required");
    }
}
