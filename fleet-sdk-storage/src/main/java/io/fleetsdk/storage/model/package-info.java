/**
 * Models as files: {@link io.fleetsdk.storage.model.ModelStore} takes one in, reads from it what it computes, keeps it under its
 * digest and has the registry tell of it; and gives it out again, verified.
 */
@NullMarked
package io.fleetsdk.storage.model;

import org.jspecify.annotations.NullMarked;
