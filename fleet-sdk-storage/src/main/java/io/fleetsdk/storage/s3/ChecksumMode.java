package io.fleetsdk.storage.s3;

/** Whether requests carry a checksum that the store verifies while it receives them. The SHA-256 of the content is kept in any case. */
public enum ChecksumMode {
    /** On every upload, in a trailer. Right for AWS, newer MinIO and the embedded server. */
    ALWAYS,
    /** Only where the protocol demands it: for stores that refuse or corrupt uploads with trailers. */
    WHERE_REQUIRED
}
