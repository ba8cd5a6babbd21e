/** Tests of training: with real programs, brokers and stores. */
@NullMarked
package io.fleetsdk.storage.training;

import org.jspecify.annotations.NullMarked;
