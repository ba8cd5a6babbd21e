package io.fleetsdk.nats;

import io.fleetsdk.command.Command;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MalformedEnvelopeException;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.link.CommandDelivery;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotId;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands of one connection, pulled through the robot's own durable consumer: what is not settled comes again. An unreadable
 * command is discarded and the next one read; keeping it for people is the backend's business.
 */
final class RobotLinkCommands {
    private static final Logger log = LoggerFactory.getLogger(NatsRobotLink.class);
    private static final int BATCH = 10;
    private static final Duration ACK_WAIT = Duration.ofSeconds(30);

    private final Connection connection;
    private final String stream;
    private final String durable;
    private final List<String> subjects;
    private final EnvelopeCodec codec;
    private final RobotLinkMessages messages;
    private final JetStreamSubscription subscription;

    private RobotLinkCommands(
            Connection connection,
            String stream,
            String durable,
            List<String> subjects,
            EnvelopeCodec codec,
            RobotLinkMessages messages)
            throws IOException, JetStreamApiException {
        this.connection = connection;
        this.stream = stream;
        this.durable = durable;
        this.subjects = subjects;
        this.codec = codec;
        this.messages = messages;
        ensureConsumer();
        this.subscription = connection.jetStream().subscribe(null, PullSubscribeOptions.fastBind(stream, durable));
    }

    static RobotLinkCommands open(
            Connection connection,
            String stream,
            RobotId robot,
            Optional<String> zone,
            EnvelopeCodec codec,
            RobotLinkMessages messages)
            throws IOException, JetStreamApiException {
        List<String> subjects = new ArrayList<>(List.of(FleetSubjects.command(robot), FleetSubjects.commandToAll()));
        zone.map(FleetSubjects::commandToZone).ifPresent(subjects::add);
        return new RobotLinkCommands(connection, stream, "robot-" + robot, subjects, codec, messages);
    }

    /**
     * Hands over what comes within the time, one at a time; returns early when the connection is lost.
     *
     * @return false if the broker refused at once, so that the next pull had better wait
     */
    boolean pull(Duration within, RobotLinkHandlers<CommandDelivery> receivers) {
        long begin = System.nanoTime();
        int count = 0;
        Iterator<Message> arrivals = subscription.iterate(BATCH, within);
        while (arrivals.hasNext() && connection.getStatus() == Connection.Status.CONNECTED) {
            handOver(arrivals.next(), receivers);
            count++;
        }
        return count > 0 || System.nanoTime() - begin > within.toNanos() / 2;
    }

    private void handOver(Message message, RobotLinkHandlers<CommandDelivery> receivers) {
        try {
            Envelope<Command> envelope = codec.decode(
                    MessageType.COMMAND, message.getSubject(), message.getData(), Broker.trace(message.getHeaders()));
            Command command = envelope.payload();
            envelope.trace().ifPresent(trace -> messages.traced(command.commandId(), trace));
            receivers.tell(new Delivered(command, message));
        } catch (MalformedEnvelopeException e) {
            log.warn("Discarded an unreadable command on {}: {}", message.getSubject(), e.getMessage());
            message.term();
        }
    }

    /** A robot may be allowed to use its consumer and not to make one: what is there and fits is left alone. */
    private void ensureConsumer() throws IOException, JetStreamApiException {
        JetStreamManagement management = connection.jetStreamManagement();
        if (!fits(management)) {
            management.addOrUpdateConsumer(
                    stream,
                    ConsumerConfiguration.builder()
                            .durable(durable)
                            .filterSubjects(subjects)
                            .ackPolicy(AckPolicy.Explicit)
                            .ackWait(ACK_WAIT)
                            .deliverPolicy(DeliverPolicy.All)
                            .build());
        }
    }

    private boolean fits(JetStreamManagement management) throws IOException, JetStreamApiException {
        try {
            List<String> present = management
                    .getConsumerInfo(stream, durable)
                    .getConsumerConfiguration()
                    .getFilterSubjects();
            return present != null && present.size() == subjects.size() && present.containsAll(subjects);
        } catch (JetStreamApiException e) {
            if (BrokerErrors.isNotFound(e) && e.getApiErrorCode() != BrokerErrors.STREAM_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** A command in the robot's hands. */
    private record Delivered(Command command, Message message) implements CommandDelivery {
        @Override
        public void settle() {
            try {
                message.ack();
            } catch (IllegalStateException e) {
                log.debug("Command {} will come again: {}", command.commandId(), e.toString());
            }
        }
    }
}
