/**
 * The registry of models in the bucket MODEL_REGISTRY, and the keys that sign them. Read {@code RegistryKeys} for what stands where,
 * {@code RegistryBucket} for how it is guarded, then {@code JetStreamModels}. Not for embedders.
 */
@NullMarked
package io.fleetsdk.nats.internal.model;

import org.jspecify.annotations.NullMarked;
