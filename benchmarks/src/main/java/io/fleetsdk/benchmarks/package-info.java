/**
 * What the SDK costs beside the raw broker, in one run on one machine. {@link io.fleetsdk.benchmarks.BenchmarkMain} runs the parts:
 * {@code CommandTrips}, {@code TelemetryRates}, {@code CodecTimes} over {@link io.fleetsdk.benchmarks.CodecBenchmark}, and
 * {@code StartTimes}; each gives a {@code Section} of the report. Whatever is measured of the SDK is measured of raw jnats in turn
 * with it, so that both meet the same machine.
 */
@NullMarked
package io.fleetsdk.benchmarks;

import org.jspecify.annotations.NullMarked;
