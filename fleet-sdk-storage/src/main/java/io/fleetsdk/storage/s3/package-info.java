/** Objects on S3 stores: AWS, MinIO, RustFS and whatever else speaks the protocol. No type of the AWS SDK gets out of here. */
@NullMarked
package io.fleetsdk.storage.s3;

import org.jspecify.annotations.NullMarked;
