package io.fleetsdk.server.cli.logs;

/**
 * Result of a compression.
 *
 * @param file name of the output, in the directory of the logs
 * @param ratio bytes out per byte in
 * @param sha256 of the bytes that went in, in hexadecimal
 */
record CompressedLog(String file, long bytesIn, long bytesOut, double ratio, String sha256) {
    static CompressedLog of(String file, long bytesIn, long bytesOut, String sha256) {
        return new CompressedLog(file, bytesIn, bytesOut, bytesIn == 0 ? 1 : (double) bytesOut / bytesIn, sha256);
    }
}
