/**
 * Workers that answer questions to registered models. Read {@link io.fleetsdk.server.inference.InferenceWorker}, then {@link
 * io.fleetsdk.server.inference.ServedModel}, which answers what waits together.
 */
@NullMarked
package io.fleetsdk.server.inference;

import org.jspecify.annotations.NullMarked;
