/**
 * Real servers that a test owns: a nats-server or an S3 server in one line, gone when the test is.
 *
 * <p>Reading order: {@link io.fleetsdk.testing.NatsServer} and its {@code Builder} are what users see, and
 * {@link io.fleetsdk.testing.FleetExtension}, which gives a JUnit class such a server with a fleet on it and a
 * {@code LeakCheck} at the end. A {@code Launcher} starts a {@code ServerProcess} under a {@code Watchdog}. Its binary
 * comes from a {@code BinarySearch} over {@code BinarySource}s: the two that a user controls
 * ({@code EnvironmentVariable}, {@code ExecutablePath}), the {@code BinaryCache}, and two that download into it
 * ({@code ReleaseArchive}, {@code DebianArchive}).
 *
 * <p>{@link io.fleetsdk.testing.ObjectServer} is the S3 server: an {@code EmbeddedStore} in this JVM, or one in a
 * {@code StoreProcess} with {@code ObjectServerMain} as its main.
 *
 * <p>No NATS client and no class of {@code fleet-sdk-nats} comes in here, so that the tests of every module can use it.
 */
@NullMarked
package io.fleetsdk.testing;

import org.jspecify.annotations.NullMarked;
