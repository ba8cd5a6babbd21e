/** Tests of names and labels, and of what the backend says about a robot. */
@NullMarked
package io.fleetsdk.robot;

import org.jspecify.annotations.NullMarked;
