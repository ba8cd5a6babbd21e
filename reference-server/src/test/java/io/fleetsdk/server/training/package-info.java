/** Tests of the trainer, on recorded data where it is there. */
@NullMarked
package io.fleetsdk.server.training;

import org.jspecify.annotations.NullMarked;
