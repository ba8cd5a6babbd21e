/**
 * What robots measure. Read {@link io.fleetsdk.telemetry.TelemetrySample}, then
 * {@link io.fleetsdk.telemetry.TelemetryClient}. Units are m, rad, s, m/s, rad/s, percent and °C.
 */
@NullMarked
package io.fleetsdk.telemetry;

import org.jspecify.annotations.NullMarked;
