package io.fleetsdk.nats;

/** The streams of the protocol, by the names they have unless a deployment gives others. */
public enum FleetStream {
    ROBOT_PROFILES,
    ROBOT_TELEMETRY,
    ROBOT_SETTINGS,
    ROBOT_COMMANDS,
    ROBOT_ACKS,
    FLEET_EVENTS,
    QUARANTINE,
    DEAD_LETTERS,
    JOB_FIGURES,
    TRAINING_JOBS,
    INFERENCE_TASKS,
    WORK_ORDERS
}
