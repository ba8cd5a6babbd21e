/** Tests of what models are told by. */
@NullMarked
package io.fleetsdk.model;

import org.jspecify.annotations.NullMarked;
