package io.fleetsdk.nats;

import io.fleetsdk.envelope.MalformedEnvelopeException;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.settings.DesiredSettings;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Desired settings as one robot hears of them: changes as they come, and the newest stored. */
final class RobotLinkSettings implements RobotLinkTopic {
    private static final Logger log = LoggerFactory.getLogger(NatsRobotLink.class);

    private final String stream;
    private final String subject;
    private final EnvelopeCodec codec;
    private final RobotLinkHandlers<DesiredSettings> handlers;

    RobotLinkSettings(RobotId robot, String stream, EnvelopeCodec codec, RobotLinkHandlers<DesiredSettings> handlers) {
        this.stream = stream;
        this.subject = FleetSubjects.settingsDesired(robot);
        this.codec = codec;
        this.handlers = handlers;
    }

    @Override
    public List<String> subjects() {
        return List.of(subject);
    }

    @Override
    public RobotLinkHandlers<DesiredSettings> handlers() {
        return handlers;
    }

    @Override
    public void read(Connection connection) throws IOException, JetStreamApiException {
        try {
            MessageInfo last = connection.jetStreamManagement().getLastMessage(stream, subject);
            byte[] body = last.getData();
            tell(body == null ? new byte[0] : body);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != BrokerErrors.NO_MESSAGE_FOUND) {
                throw e;
            }
        }
    }

    @Override
    public void changed(Message message) {
        tell(message.getData());
    }

    private void tell(byte[] body) {
        try {
            handlers.tell(codec.decode(MessageType.SETTINGS_DESIRED, subject, body, Optional.empty())
                    .payload());
        } catch (MalformedEnvelopeException e) {
            log.error("Discarded unreadable desired settings: {}", e.getMessage());
        }
    }
}
