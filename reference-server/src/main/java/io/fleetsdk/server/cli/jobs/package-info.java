/**
 * {@code fleet jobs}: background work from a terminal. {@link io.fleetsdk.server.cli.jobs.JobsCommand} lists the commands and knows
 * the broker; each command is a class that asks the SDK and writes to a {@link io.fleetsdk.server.cli.jobs.Screen}. Wiring and
 * words only.
 */
@NullMarked
package io.fleetsdk.server.cli.jobs;

import org.jspecify.annotations.NullMarked;
