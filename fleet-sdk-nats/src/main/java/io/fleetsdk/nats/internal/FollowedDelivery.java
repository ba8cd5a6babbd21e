package io.fleetsdk.nats.internal;

import io.fleetsdk.Subscription;

/** A stream read into a delivery: closing ends both. */
public record FollowedDelivery(StreamFollower follower, Delivery<?> delivery) implements Subscription {
    @Override
    public long dropped() {
        return delivery.dropped();
    }

    @Override
    public void close() {
        delivery.close();
        follower.close();
    }
}
