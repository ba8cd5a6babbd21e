/** Tests of whole samples and of the limits of queries and buffers. */
@NullMarked
package io.fleetsdk.telemetry;

import org.jspecify.annotations.NullMarked;
