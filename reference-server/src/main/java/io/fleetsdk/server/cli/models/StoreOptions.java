package io.fleetsdk.server.cli.models;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.Buckets;
import io.fleetsdk.storage.model.ModelStore;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.fleetsdk.storage.s3.S3Credentials;
import io.fleetsdk.storage.s3.S3Options;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Option;

/** The store that files are kept in. Its credentials come from the environment or the machine, as those of the AWS tools do. */
public final class StoreOptions {
    private static final String ENDPOINT = "FLEET_S3_ENDPOINT";

    @Option(
            names = "--s3",
            paramLabel = "URL",
            description = "The S3 store; aws for AWS itself. Default: the one in " + ENDPOINT)
    private Optional<String> endpoint = Optional.empty();

    @Option(names = "--s3-region", paramLabel = "NAME", description = "Default: us-east-1")
    private Optional<String> region = Optional.empty();

    /** Connects for as long as the action takes. */
    int with(Fleet fleet, Clock clock, ToIntFunction<ModelStore> action) {
        // Nothing is asked of the store that not every store can do: it need not be found out.
        S3Options options = options().capabilities(Set.of()).build();
        return with(options, blobs -> action.applyAsInt(new ModelStore(blobs, fleet.models(), clock)));
    }

    /** Connects for as long as the action takes, and finds out what the store can do. */
    public int with(ToIntFunction<BlobStore> action) {
        return with(options().build(), action);
    }

    /** Connects for as long as the action takes, to the buckets and what they are set to. */
    public int withBuckets(ToIntFunction<Buckets> action) {
        try (S3BlobStore blobs = S3BlobStore.connect(options().build())) {
            return action.applyAsInt(blobs.buckets());
        }
    }

    private static int with(S3Options options, ToIntFunction<BlobStore> action) {
        try (S3BlobStore blobs = S3BlobStore.connect(options)) {
            return action.applyAsInt(blobs);
        }
    }

    /** Connects to the store that is named, and finds out what it can do; empty if none is named. The caller closes it. */
    public Optional<S3BlobStore> connected() {
        return url().map(url -> S3BlobStore.connect(options(url).build()));
    }

    private Optional<String> url() {
        return endpoint.or(() -> Optional.ofNullable(System.getenv(ENDPOINT)));
    }

    private S3Options.Builder options() {
        return url().map(this::options)
                .orElseThrow(() ->
                        new InvalidInputException("--s3", "none", "must name a store, or " + ENDPOINT + " be set"));
    }

    private S3Options.Builder options(String url) {
        S3Options.Builder options = S3Options.builder().credentials(S3Credentials.platform());
        region.ifPresent(options::region);
        if (!url.equals("aws")) {
            options.endpoint(address(url));
        }
        return options;
    }

    private static URI address(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--s3", url, "must be an address such as https://s3.example:9000");
        }
    }
}
