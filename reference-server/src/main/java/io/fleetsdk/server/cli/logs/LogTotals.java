package io.fleetsdk.server.cli.logs;

/** Result of a summary: what the compressions before it came to. */
record LogTotals(int logs, long bytesIn, long bytesOut, double ratio) {}
