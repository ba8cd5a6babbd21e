package io.fleetsdk.storage.s3;

import io.fleetsdk.ConflictException;
import io.fleetsdk.storage.BlobCapability;
import io.fleetsdk.storage.Buckets;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.StorageLayout.Bucket;
import io.fleetsdk.storage.StorageLayout.Rule;
import io.fleetsdk.storage.StorageLayout.Versions;
import io.fleetsdk.storage.StoragePlan;
import io.fleetsdk.storage.StoragePlan.Item;
import io.fleetsdk.storage.StoragePlan.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Buckets of S3, created where they are missing and never changed. */
record S3Buckets(S3Client client, S3Calls calls, Set<BlobCapability> capabilities) implements Buckets {
    private static final String BUCKET = "bucket";
    private static final String VERSIONS = "versions";

    /** What to do about what is missing. */
    private enum Mode {
        LOOK,
        CREATE
    }

    @Override
    public StoragePlan plan(StorageLayout layout) {
        return compared(layout, Mode.LOOK);
    }

    @Override
    public StoragePlan apply(StorageLayout layout) {
        return compared(layout, Mode.CREATE);
    }

    private StoragePlan compared(StorageLayout layout, Mode mode) {
        return new StoragePlan(layout.buckets().stream()
                .flatMap(bucket -> compared(bucket, mode).stream())
                .toList());
    }

    private List<Item> compared(Bucket bucket, Mode mode) {
        List<Item> items = new ArrayList<>();
        Standing standing = bucket(S3Names.checkedBucket(bucket.name()), mode);
        items.add(new Item(bucket.name(), BUCKET, standing, ""));
        if (standing == Standing.MISSING) {
            return items;
        }
        if (bucket.versions() == Versions.KEPT) {
            items.add(versions(bucket.name(), mode));
        }
        items.addAll(rules(bucket, mode));
        return items;
    }

    private Standing bucket(String name, Mode mode) {
        if (exists(name)) {
            return Standing.MATCHES;
        }
        return mode == Mode.LOOK ? Standing.MISSING : create(name);
    }

    /** Somebody else may create it at the same moment. */
    private Standing create(String name) {
        try {
            calls.change("create bucket " + name, () -> client.createBucket(request -> request.bucket(name)));
            return Standing.CREATED;
        } catch (ConflictException e) {
            if (exists(name)) {
                return Standing.MATCHES;
            }
            throw e;
        }
    }

    private boolean exists(String name) {
        return calls.find("look for bucket " + name, () -> client.headBucket(request -> request.bucket(name)))
                .isPresent();
    }

    private Item versions(String bucket, Mode mode) {
        if (!capabilities.contains(BlobCapability.VERSIONING)) {
            return new Item(bucket, VERSIONS, Standing.NOT_OFFERED, "");
        }
        BucketVersioningStatus status = calls.read(
                        "versions of bucket " + bucket,
                        () -> client.getBucketVersioning(request -> request.bucket(bucket)))
                .status();
        if (status == BucketVersioningStatus.ENABLED) {
            return new Item(bucket, VERSIONS, Standing.MATCHES, "");
        }
        if (status == BucketVersioningStatus.SUSPENDED) {
            return new Item(bucket, VERSIONS, Standing.DIFFERS, "suspended");
        }
        return new Item(bucket, VERSIONS, mode == Mode.LOOK ? Standing.MISSING : keepVersions(bucket), "");
    }

    private Standing keepVersions(String bucket) {
        calls.change(
                "keep versions in bucket " + bucket,
                () -> client.putBucketVersioning(request -> request.bucket(bucket)
                        .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED))));
        return Standing.CREATED;
    }

    private List<Item> rules(Bucket bucket, Mode mode) {
        if (!capabilities.contains(BlobCapability.LIFECYCLE)) {
            return bucket.rules().stream()
                    .map(rule -> item(bucket, rule, Standing.NOT_OFFERED))
                    .toList();
        }
        BucketRules there = BucketRules.of(client, calls, bucket.name());
        List<Item> items = bucket.rules().stream()
                .map(rule -> there.compared(bucket, rule))
                .toList();
        List<Rule> missing = bucket.rules().stream()
                .filter(rule -> there.compared(bucket, rule).standing() == Standing.MISSING)
                .toList();
        if (mode == Mode.LOOK || missing.isEmpty()) {
            return items;
        }
        there.add(missing);
        return items.stream()
                .map(item -> item.standing() == Standing.MISSING
                        ? new Item(item.bucket(), item.what(), Standing.CREATED, "")
                        : item)
                .toList();
    }

    private static Item item(Bucket bucket, Rule rule, Standing standing) {
        return new Item(bucket.name(), rule.toString(), standing, "");
    }
}
