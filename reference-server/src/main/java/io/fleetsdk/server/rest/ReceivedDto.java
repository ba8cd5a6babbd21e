package io.fleetsdk.server.rest;

import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.RobotId;
import java.time.Instant;

/** The backend's copy of something a robot said of itself. */
record ReceivedDto<T>(String robotId, Instant receivedAt, Instant sentAt, T payload) {
    static <T> ReceivedDto<T> of(RobotId robot, Received<T> received) {
        return new ReceivedDto<>(robot.value(), received.receivedAt(), received.sentAt(), received.value());
    }
}
