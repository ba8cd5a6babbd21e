/** Tests of the S3 store against real S3 servers. */
@NullMarked
package io.fleetsdk.storage.s3;

import org.jspecify.annotations.NullMarked;
