/** What every {@link io.fleetsdk.storage.BlobStore} promises, as one class of tests that each implementation runs. */
@NullMarked
package io.fleetsdk.storage.contract;

import org.jspecify.annotations.NullMarked;
