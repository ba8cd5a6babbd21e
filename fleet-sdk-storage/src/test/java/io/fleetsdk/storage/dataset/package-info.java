/** Tests of the stores of data sets, checkpoints and archives on the embedded S3 server. */
@NullMarked
package io.fleetsdk.storage.dataset;

import org.jspecify.annotations.NullMarked;
