package io.fleetsdk.nats;

/** The key-value buckets of the protocol, by the names they have unless a deployment gives others. */
public enum FleetBucket {
    ROBOTS,
    ROBOT_STATE,
    MODEL_REGISTRY,
    JOB_PROGRESS,
    JOB_CONTROL,
    FLEET_CONFIG,
    ROLLOUTS,
    WORK_ORDER_STATE
}
