/**
 * The live stream (server-sent events). Read {@link io.fleetsdk.server.live.LiveStream}: one set of fleet-wide subscriptions
 * whose events are written once and handed to every client; then {@code LiveClient}: one reader with a bounded queue.
 */
@NullMarked
package io.fleetsdk.server.live;

import org.jspecify.annotations.NullMarked;
