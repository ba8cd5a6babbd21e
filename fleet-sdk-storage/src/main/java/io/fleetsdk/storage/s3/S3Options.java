package io.fleetsdk.storage.s3;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.storage.BlobCapability;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Where the store is and how to speak to it.
 *
 * @param endpoint an {@code http} or {@code https} address; empty for AWS itself
 * @param region {@code us-east-1} by default, which most stores other than AWS expect
 * @param addressing {@link Addressing#PATH} by default where there is an endpoint, else {@link Addressing#HOST}
 * @param credentials {@link S3Credentials#platform()} by default
 * @param trusted a PEM file with the certificates to trust instead of the platform's; for private authorities
 * @param checksums {@link ChecksumMode#ALWAYS} by default
 * @param partSize larger objects are uploaded in parts of so many bytes, 16 MiB by default
 * @param parallelParts how many parts of one object are under way at once, 4 by default
 * @param connectTimeout 5 s by default
 * @param readTimeout how long the store may be silent, 30 s by default; ends half-open connections
 * @param slowestUpload bytes per second, 128 KiB by default: a line that takes an upload more slowly, beyond the read time-out, counts as
 *     broken; for the platform's sockets know no time-out for writing
 * @param patience how long a call that was cut off is tried again without getting on, 30 s by default
 * @param capabilities what the store can do; empty to find out when connecting, for which the credentials must be allowed to
 *     create and delete a bucket
 */
public record S3Options(
        Optional<URI> endpoint,
        String region,
        Addressing addressing,
        S3Credentials credentials,
        Optional<Path> trusted,
        ChecksumMode checksums,
        long partSize,
        int parallelParts,
        Duration connectTimeout,
        Duration readTimeout,
        long slowestUpload,
        Duration patience,
        Optional<Set<BlobCapability>> capabilities) {

    /** Where a request names its bucket. */
    public enum Addressing {
        /** {@code https://host/bucket/key}. */
        PATH,
        /** {@code https://bucket.host/key}. */
        HOST
    }

    /** How long one request may take to send so many bytes. */
    Duration timeToSend(long bytes) {
        return readTimeout.plusMillis(bytes * 1_000 / slowestUpload);
    }

    /** Options with every other default. */
    public static S3Options of(URI endpoint, S3Credentials credentials) {
        return builder().endpoint(endpoint).credentials(credentials).build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects options; refuses a wrong one at once. Not thread-safe. */
    public static final class Builder {
        private static final long MIB = 1024 * 1024;

        private Optional<URI> endpoint = Optional.empty();
        private String region = "us-east-1";
        private Optional<Addressing> addressing = Optional.empty();
        private S3Credentials credentials = S3Credentials.platform();
        private Optional<Path> trusted = Optional.empty();
        private ChecksumMode checksums = ChecksumMode.ALWAYS;
        private long partSize = 16 * MIB;
        private int parallelParts = 4;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration readTimeout = Duration.ofSeconds(30);
        private long slowestUpload = 128 * 1024;
        private Duration patience = Duration.ofSeconds(30);
        private Optional<Set<BlobCapability>> capabilities = Optional.empty();

        private Builder() {}

        /** An address such as {@code https://s3.example:9000}, without path and without secrets. */
        public Builder endpoint(URI address) {
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (!http || address.getHost() == null) {
                throw new InvalidInputException(
                        "endpoint", address.getHost(), "must be an address such as https://host:9000");
            }
            if (address.getUserInfo() != null) {
                throw new InvalidInputException(
                        "endpoint", address.getHost(), "must not hold a secret: use credentials");
            }
            endpoint = Optional.of(address);
            return this;
        }

        public Builder region(String name) {
            region = Require.token("region", name);
            return this;
        }

        public Builder addressing(Addressing style) {
            addressing = Optional.of(style);
            return this;
        }

        public Builder credentials(S3Credentials proof) {
            credentials = Require.present("credentials", proof);
            return this;
        }

        /** A PEM file with the certificates to trust instead of the platform's; read when connecting. */
        public Builder trustedCertificates(Path pem) {
            trusted = Optional.of(pem);
            return this;
        }

        public Builder checksums(ChecksumMode mode) {
            checksums = Require.present("checksums", mode);
            return this;
        }

        /** 5 MiB, which is the least that S3 allows, to 5 GiB. */
        public Builder partSize(long bytes) {
            if (bytes < 5 * MIB || bytes > 5 * 1024 * MIB) {
                throw new InvalidInputException("partSize", bytes, "must be from 5 MiB to 5 GiB");
            }
            partSize = bytes;
            return this;
        }

        /** 1 to 64. */
        public Builder parallelParts(int count) {
            if (count < 1 || count > 64) {
                throw new InvalidInputException("parallelParts", count, "must be from 1 to 64");
            }
            parallelParts = count;
            return this;
        }

        /** 10 ms to 10 min. */
        public Builder connectTimeout(Duration time) {
            connectTimeout = checked("connectTimeout", time);
            return this;
        }

        /** 10 ms to 10 min. */
        public Builder readTimeout(Duration time) {
            readTimeout = checked("readTimeout", time);
            return this;
        }

        /** 1 KiB to 1 GiB per second. */
        public Builder slowestUpload(long bytesPerSecond) {
            if (bytesPerSecond < 1024 || bytesPerSecond > 1024 * MIB) {
                throw new InvalidInputException("slowestUpload", bytesPerSecond, "must be from 1 KiB to 1 GiB");
            }
            slowestUpload = bytesPerSecond;
            return this;
        }

        /** 10 ms to 10 min. */
        public Builder patience(Duration time) {
            patience = checked("patience", time);
            return this;
        }

        /** What the store can do, instead of finding out. */
        public Builder capabilities(Set<BlobCapability> known) {
            capabilities = Optional.of(Set.copyOf(known));
            return this;
        }

        public S3Options build() {
            Addressing natural = endpoint.isPresent() ? Addressing.PATH : Addressing.HOST;
            return new S3Options(
                    endpoint,
                    region,
                    addressing.orElse(natural),
                    credentials,
                    trusted,
                    checksums,
                    partSize,
                    parallelParts,
                    connectTimeout,
                    readTimeout,
                    slowestUpload,
                    patience,
                    capabilities);
        }

        private static Duration checked(String field, Duration time) {
            if (time.toMillis() < 10 || time.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new InvalidInputException(field, time, "must be from 10 ms to 10 min");
            }
            return time;
        }
    }
}
