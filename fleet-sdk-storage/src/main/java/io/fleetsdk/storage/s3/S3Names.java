package io.fleetsdk.storage.s3;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.storage.BlobRef;
import java.util.regex.Pattern;

/** What S3 calls a bucket. */
final class S3Names {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private S3Names() {}

    static void check(BlobRef ref) {
        checkedBucket(ref.bucket());
    }

    static String checkedBucket(String bucket) {
        if (!BUCKET.matcher(bucket).matches() || bucket.contains("..")) {
            throw new InvalidInputException(
                    "bucket", bucket, "must be 3 to 63 of a-z 0-9 . - and begin and end with a letter or digit");
        }
        return bucket;
    }
}
