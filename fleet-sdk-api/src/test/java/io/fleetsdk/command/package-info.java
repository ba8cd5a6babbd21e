/** Tests of the life of a command: which steps it may take, and what a record of it keeps. */
@NullMarked
package io.fleetsdk.command;

import org.jspecify.annotations.NullMarked;
