package io.fleetsdk.storage.checkpoint;

import io.fleetsdk.storage.BlobRef;
import java.time.Instant;

/**
 * A checkpoint that is kept.
 *
 * @param run that saved it
 * @param epoch after which, from 1
 * @param size in bytes
 * @param saved by the store's clock
 */
public record Checkpoint(String run, int epoch, BlobRef ref, long size, Instant saved) {}
