/** Tests of two stores as one, with servers that die. */
@NullMarked
package io.fleetsdk.storage.failover;

import org.jspecify.annotations.NullMarked;
