/** Tests of the values of storage: what they refuse and what they never show. */
@NullMarked
package io.fleetsdk.storage;

import org.jspecify.annotations.NullMarked;
