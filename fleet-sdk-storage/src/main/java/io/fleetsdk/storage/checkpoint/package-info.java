/** What training saves on its way: {@link io.fleetsdk.storage.checkpoint.CheckpointStore}. */
@NullMarked
package io.fleetsdk.storage.checkpoint;

import org.jspecify.annotations.NullMarked;
