package io.fleetsdk.storage.s3;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.Digest;
import io.fleetsdk.storage.PresignedUrl;
import io.fleetsdk.storage.UploadOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Addresses for those without credentials. */
record S3Signing(S3Presigner presigner, Duration validFor) {
    S3Signing {
        if (validFor.compareTo(Duration.ofSeconds(1)) < 0 || validFor.compareTo(Duration.ofDays(7)) > 0) {
            throw new InvalidInputException("validFor", validFor, "must be from 1 s to 7 d");
        }
    }

    PresignedUrl download(BlobRef ref) {
        try {
            return url(
                    "GET",
                    presigner.presignGetObject(signing -> signing.signatureDuration(validFor)
                            .getObjectRequest(request -> request.bucket(ref.bucket())
                                    .key(ref.key())
                                    .versionId(ref.version().orElse(null)))));
        } catch (SdkException e) {
            throw S3Errors.classified("sign an address of " + ref, e, S3Errors.Effect.NONE);
        }
    }

    PresignedUrl upload(BlobRef ref, UploadOptions options) {
        try {
            return url(
                    "PUT",
                    presigner.presignPutObject(signing -> signing.signatureDuration(validFor)
                            .putObjectRequest(request -> describe(request, ref, options))));
        } catch (SdkException e) {
            throw S3Errors.classified("sign an address of " + ref, e, S3Errors.Effect.NONE);
        }
    }

    private static void describe(PutObjectRequest.Builder request, BlobRef ref, UploadOptions options) {
        Map<String, String> metadata = new HashMap<>(options.metadata());
        options.digest().ifPresent(digest -> metadata.put("sha256", digest.hex()));
        request.bucket(ref.bucket())
                .key(ref.key())
                .contentType(options.contentType())
                .metadata(metadata)
                .checksumSHA256(options.digest().map(S3Signing::base64).orElse(null))
                .ifNoneMatch(options.existing() == UploadOptions.Existing.REFUSE ? "*" : null)
                .tagging(options.tags().isEmpty() ? null : S3Tags.of(options.tags()));
    }

    private static String base64(Digest digest) {
        return Base64.getEncoder().encodeToString(digest.bytes());
    }

    /** Whoever uses the address names the host by connecting to it. */
    private static PresignedUrl url(String method, PresignedRequest signed) {
        Map<String, String> headers = new HashMap<>();
        signed.signedHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        headers.keySet().removeAll(List.of("host", "Host"));
        return new PresignedUrl(method, URI.create(signed.url().toString()), headers, signed.expiration());
    }
}
