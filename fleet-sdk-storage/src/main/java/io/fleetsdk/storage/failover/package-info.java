/**
 * Two stores as one. {@link io.fleetsdk.storage.failover.FailoverBlobStore} writes to both and reads from whichever is there; what one
 * of them missed is a {@link io.fleetsdk.storage.failover.Debt} in a journal until it is repaired.
 */
@NullMarked
package io.fleetsdk.storage.failover;

import org.jspecify.annotations.NullMarked;
