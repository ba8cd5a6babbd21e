/** What robots leave behind, compressed, by robot and day: {@link io.fleetsdk.storage.archive.RobotArchive}. */
@NullMarked
package io.fleetsdk.storage.archive;

import org.jspecify.annotations.NullMarked;
