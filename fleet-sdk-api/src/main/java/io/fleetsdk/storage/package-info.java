/**
 * Large objects: files, models, data sets, logs. Read {@link io.fleetsdk.storage.BlobStore} first, then
 * {@link io.fleetsdk.storage.BlobRef} (where), {@link io.fleetsdk.storage.BlobSource} (what goes in),
 * {@link io.fleetsdk.storage.UploadOptions} (how) and {@link io.fleetsdk.storage.Blob} (what is there). Small state that changes
 * often does not belong here: it is in the robot registry, in settings and in jobs.
 */
@NullMarked
package io.fleetsdk.storage;

import org.jspecify.annotations.NullMarked;
