package io.fleetsdk.settings;

import java.util.OptionalLong;

/**
 * Which revision a change to desired settings builds on.
 *
 * @param revision the revision that must be current, or empty for whichever is
 */
public record SettingsGuard(OptionalLong revision) {
    /** Applies to whatever is current; concurrent changes are applied one after the other. */
    public static SettingsGuard any() {
        return new SettingsGuard(OptionalLong.empty());
    }

    /** Applies only if this revision is current; 0 means that nothing was desired yet. */
    public static SettingsGuard revision(long expected) {
        return new SettingsGuard(OptionalLong.of(expected));
    }
}
