/**
 * The demo's worker, small enough to copy: {@link io.fleetsdk.server.cli.logs.LogWorkerMain} is the program. A {@link
 * io.fleetsdk.server.cli.logs.LogRecorder} writes telemetry to segments on disk, {@link io.fleetsdk.server.cli.logs.LogJobs} submits
 * a job for each, {@link io.fleetsdk.server.cli.logs.LogCompression} and {@link io.fleetsdk.server.cli.logs.LogSummary} do them.
 */
@NullMarked
package io.fleetsdk.server.cli.logs;

import org.jspecify.annotations.NullMarked;
