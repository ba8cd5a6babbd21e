/**
 * The commands of {@code fleet model}: publish, look, sign, verify, move aliases. {@code ModelCommand} is what they share; tables and
 * lines are those of {@code fleet jobs}.
 */
@NullMarked
package io.fleetsdk.server.cli.models;

import org.jspecify.annotations.NullMarked;
