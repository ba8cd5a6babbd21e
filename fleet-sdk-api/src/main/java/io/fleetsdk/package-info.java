/**
 * The entrance: {@link io.fleetsdk.Fleet} and how calls fail.
 *
 * <p>Read {@link io.fleetsdk.Fleet} first, then the package of the concept you need: {@code robot}, {@code telemetry},
 * {@code settings}, {@code command}. {@link io.fleetsdk.FleetException} sorts failures by what a caller does next.
 * Nothing here or below names a broker, a JSON library or a store.
 */
@NullMarked
package io.fleetsdk;

import org.jspecify.annotations.NullMarked;
