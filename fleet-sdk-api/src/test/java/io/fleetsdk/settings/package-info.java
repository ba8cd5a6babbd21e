/** Tests of the difference between what is desired and what a robot reports. */
@NullMarked
package io.fleetsdk.settings;

import org.jspecify.annotations.NullMarked;
