package io.fleetsdk.storage.s3;

import io.fleetsdk.internal.Require;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** How a client proves who it is. Secrets never appear in {@code toString}. */
public sealed interface S3Credentials {
    /** An access key and its secret. */
    static S3Credentials keys(String accessKey, String secretKey) {
        return new Keys(accessKey, secretKey, Optional.empty());
    }

    /** The variables {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and, where set, {@code AWS_SESSION_TOKEN}. */
    static S3Credentials environment() {
        return new Environment();
    }

    /** A profile of a credentials file in the format of the AWS tools; read anew when it changes. */
    static S3Credentials file(Path path, String profile) {
        return new ProfileFile(path, profile);
    }

    /** Whatever the machine offers, in the order of the AWS tools: environment, files, the role of the container or machine. */
    static S3Credentials platform() {
        return new Platform();
    }

    /** Keys that change: asked for before every request, so the supplier answers from memory. */
    static S3Credentials from(Supplier<Keys> supplier) {
        return new Supplied(supplier);
    }

    /**
     * An access key and its secret.
     *
     * @param sessionToken comes with keys that hold for a while only
     */
    record Keys(String accessKey, String secretKey, Optional<String> sessionToken) implements S3Credentials {
        public Keys {
            accessKey = Require.label("accessKey", accessKey);
            secretKey = Require.present("secretKey", secretKey);
            sessionToken = Require.orEmpty(sessionToken);
        }

        @Override
        public String toString() {
            return "Keys[accessKey=" + accessKey + "]";
        }
    }

    /** The environment's variables. */
    record Environment() implements S3Credentials {}

    /** A profile of a credentials file. */
    record ProfileFile(Path path, String profile) implements S3Credentials {}

    /** Whatever the machine offers. */
    record Platform() implements S3Credentials {}

    /** Keys that change. */
    record Supplied(Supplier<Keys> supplier) implements S3Credentials {}
}
