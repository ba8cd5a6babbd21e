package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.StorageLayout.Bucket;
import io.fleetsdk.storage.StorageLayout.Rule;
import io.fleetsdk.storage.StorageLayout.Subject;
import io.fleetsdk.storage.StoragePlan.Item;
import io.fleetsdk.storage.StoragePlan.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/** The lifecycle rules a bucket has. Those of this SDK are known by their ids; others stay untouched. */
record BucketRules(S3Client client, S3Calls calls, String bucket, List<LifecycleRule> there) {

    /** A bucket without rules answers 404. */
    static BucketRules of(S3Client client, S3Calls calls, String bucket) {
        List<LifecycleRule> there = calls.find(
                        "rules of bucket " + bucket,
                        () -> client.getBucketLifecycleConfiguration(request -> request.bucket(bucket)))
                .map(GetBucketLifecycleConfigurationResponse::rules)
                .orElse(List.of());
        return new BucketRules(client, calls, bucket, there);
    }

    Item compared(Bucket declared, Rule rule) {
        Optional<LifecycleRule> found =
                there.stream().filter(one -> id(rule).equals(one.id())).findFirst();
        if (found.isEmpty()) {
            return new Item(declared.name(), rule.toString(), Standing.MISSING, "");
        }
        return days(found.get(), rule.subject())
                                .filter(days -> days == rule.days())
                                .isPresent()
                        && found.get().status() == ExpirationStatus.ENABLED
                ? new Item(declared.name(), rule.toString(), Standing.MATCHES, "")
                : new Item(declared.name(), rule.toString(), Standing.DIFFERS, words(found.get(), rule.subject()));
    }

    /** The store takes all rules of a bucket at once, so the others are sent along. */
    void add(List<Rule> missing) {
        List<LifecycleRule> all = new ArrayList<>(there);
        missing.stream().map(BucketRules::s3).forEach(all::add);
        calls.change(
                "add rules to bucket " + bucket,
                () -> client.putBucketLifecycleConfiguration(
                        request -> request.bucket(bucket).lifecycleConfiguration(rules -> rules.rules(all))));
    }

    private static LifecycleRule s3(Rule rule) {
        LifecycleRule.Builder builder = LifecycleRule.builder()
                .id(id(rule))
                .status(ExpirationStatus.ENABLED)
                .filter(filter -> filter.prefix(rule.prefix()));
        return rule.subject() == Subject.OBJECTS
                ? builder.expiration(after -> after.days(rule.days())).build()
                : builder.abortIncompleteMultipartUpload(after -> after.daysAfterInitiation(rule.days()))
                        .build();
    }

    private static String id(Rule rule) {
        String subject = rule.subject() == Subject.OBJECTS ? "fleet-expire" : "fleet-unfinished";
        return rule.prefix().isEmpty() ? subject : subject + "-" + rule.prefix().replace('/', '.');
    }

    private static Optional<Integer> days(LifecycleRule rule, Subject subject) {
        return subject == Subject.OBJECTS
                ? Optional.ofNullable(rule.expiration()).map(after -> after.days())
                : Optional.ofNullable(rule.abortIncompleteMultipartUpload()).map(after -> after.daysAfterInitiation());
    }

    private static String words(LifecycleRule rule, Subject subject) {
        String after = days(rule, subject).map(days -> "after " + days + " d").orElse("without days");
        return rule.statusAsString().toLowerCase(Locale.ROOT) + ", " + after;
    }
}
