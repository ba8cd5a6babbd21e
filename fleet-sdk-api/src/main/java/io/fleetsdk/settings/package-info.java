/**
 * Desired and reported settings and their difference, the semantics of device shadows. Read
 * {@link io.fleetsdk.settings.SettingsClient} first.
 */
@NullMarked
package io.fleetsdk.settings;

import org.jspecify.annotations.NullMarked;
