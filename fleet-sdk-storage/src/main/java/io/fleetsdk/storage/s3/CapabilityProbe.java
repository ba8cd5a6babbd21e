package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.BlobCapability;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/**
 * Tries in a bucket of its own what not every store can do. By trying, for stores answer questions about versions and rules that they
 * do not keep. The bucket goes again.
 */
final class CapabilityProbe {
    private static final Logger log = LoggerFactory.getLogger(CapabilityProbe.class);
    private static final String DOING = "find out what the store can do (or name its capabilities in the options)";
    private static final String KEY = "probe";
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client client;
    private final S3Calls calls;
    private final String bucket = "fleet-probe-" + UUID.randomUUID();

    CapabilityProbe(S3Client client, S3Calls calls) {
        this.client = client;
        this.calls = calls;
    }

    Set<BlobCapability> capabilities() {
        calls.change(DOING, () -> client.createBucket(request -> request.bucket(bucket)));
        try {
            Set<BlobCapability> found = found();
            log.info("The object store lacks {}", EnumSet.complementOf(EnumSet.copyOf(found)));
            return Set.copyOf(found);
        } finally {
            cleanUp();
        }
    }

    /** Versions last, for a bucket that keeps them is not emptied by deleting its objects. */
    private Set<BlobCapability> found() {
        calls.change(DOING, () -> put(null));
        Set<BlobCapability> found = EnumSet.of(BlobCapability.PRESIGNED_URLS);
        Map<BlobCapability, BooleanSupplier> tried = Map.of(
                BlobCapability.CREATE_ONLY, this::refusesToReplace,
                BlobCapability.TAGS, this::keepsTags,
                BlobCapability.LIFECYCLE, this::keepsRules);
        tried.forEach((capability, attempt) -> add(found, capability, attempt));
        calls.change(
                DOING,
                () -> client.deleteObject(request -> request.bucket(bucket).key(KEY)));
        add(found, BlobCapability.VERSIONING, this::keepsVersions);
        return found;
    }

    private void add(Set<BlobCapability> found, BlobCapability capability, BooleanSupplier attempt) {
        boolean offered = calls.read(DOING, () -> {
            try {
                return attempt.getAsBoolean();
            } catch (AwsServiceException e) {
                if (S3Errors.isPassing(e)) {
                    throw e;
                }
                log.debug("The object store has no {}", capability, e);
                return false;
            }
        });
        if (offered) {
            found.add(capability);
        }
    }

    private boolean refusesToReplace() {
        try {
            put("*");
            return false;
        } catch (AwsServiceException e) {
            return e.statusCode() == PRECONDITION_FAILED;
        }
    }

    private boolean keepsTags() {
        client.putObjectTagging(
                request -> request.bucket(bucket).key(KEY).tagging(S3Tags.of(Map.of("probe", "probe"))));
        return !client.getObjectTagging(request -> request.bucket(bucket).key(KEY))
                .tagSet()
                .isEmpty();
    }

    private boolean keepsRules() {
        LifecycleRule rule = LifecycleRule.builder()
                .id("probe")
                .status(ExpirationStatus.ENABLED)
                .filter(filter -> filter.prefix("probe/"))
                .expiration(after -> after.days(1))
                .build();
        client.putBucketLifecycleConfiguration(
                request -> request.bucket(bucket).lifecycleConfiguration(rules -> rules.rules(rule)));
        return client.getBucketLifecycleConfiguration(request -> request.bucket(bucket))
                .hasRules();
    }

    private boolean keepsVersions() {
        client.putBucketVersioning(request -> request.bucket(bucket)
                .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
        return client.getBucketVersioning(request -> request.bucket(bucket)).status() == BucketVersioningStatus.ENABLED;
    }

    private Object put(@Nullable String unless) {
        return client.putObject(
                request -> request.bucket(bucket).key(KEY).ifNoneMatch(unless), RequestBody.fromString("probe"));
    }

    private void cleanUp() {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(KEY));
            client.deleteBucket(request -> request.bucket(bucket));
        } catch (SdkException e) {
            log.warn("The bucket {} may be deleted by hand: {}", bucket, e.getMessage());
        }
    }
}
