package io.fleetsdk.nats;

import io.fleetsdk.command.Command;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.nats.internal.StreamFollower;
import io.fleetsdk.protocol.FleetSubjects;
import io.nats.client.Message;
import io.nats.client.api.DeliverPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Feeds the log from the broker: what anyone has sent, what robots answered; and concludes what is overdue. */
final class CommandReader implements AutoCloseable {
    private static final long OVERDUE_CHECK_MILLIS = 500;

    private final Broker broker;
    private final CommandLog log;
    private final EnvelopeReader envelopes;
    private final List<StreamFollower> followers = new ArrayList<>();

    CommandReader(Broker broker, CommandLog log) {
        this.broker = broker;
        this.log = log;
        this.envelopes = new EnvelopeReader(broker);
    }

    synchronized void ensureReading() {
        if (!followers.isEmpty()) {
            return;
        }
        List<StreamFollower> started = new ArrayList<>();
        try {
            started.add(StreamFollower.start(
                            broker.connection(),
                            broker.stream(FleetStream.ROBOT_COMMANDS),
                            List.of(FleetSubjects.allCommands(), FleetSubjects.allZoneCommands()),
                            DeliverPolicy.All,
                            this::command)
                    .awaitCaughtUp());
            started.add(StreamFollower.start(
                            broker.connection(),
                            broker.stream(FleetStream.ROBOT_ACKS),
                            List.of(FleetSubjects.allCommandAcks()),
                            DeliverPolicy.All,
                            this::ack)
                    .awaitCaughtUp());
        } catch (RuntimeException e) {
            started.forEach(StreamFollower::close);
            throw e;
        }
        followers.addAll(started);
        broker.ticker()
                .scheduleWithFixedDelay(
                        () -> log.concludeOverdue(broker.clock().instant()),
                        OVERDUE_CHECK_MILLIS,
                        OVERDUE_CHECK_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void command(Message message) {
        envelopes.read(MessageType.COMMAND, message).ifPresent(envelope -> {
            Instant at = envelope.sentAt();
            Command command = envelope.payload();
            if (FleetSubjects.isToOneRobot(message.getSubject())) {
                log.requested(envelope.robotId(), command, at);
            } else {
                log.broadcast(command, at);
            }
        });
    }

    private void ack(Message message) {
        envelopes
                .read(MessageType.COMMAND_ACK, message)
                .ifPresent(envelope -> envelope.correlationId()
                        .ifPresent(id -> log.acknowledged(
                                envelope.robotId(),
                                id,
                                envelope.payload(),
                                message.metaData().timestamp().toInstant())));
    }

    @Override
    public synchronized void close() {
        followers.forEach(StreamFollower::close);
    }
}
