/** Tests of models as files. */
@NullMarked
package io.fleetsdk.storage.model;

import org.jspecify.annotations.NullMarked;
