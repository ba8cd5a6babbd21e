package io.fleetsdk.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.util.List;

/** Something of which only the present state counts: its changes are signalled, and what is stored is read from time to time. */
interface RobotLinkTopic {
    /** Where changes are signalled. */
    List<String> subjects();

    RobotLinkHandlers<?> handlers();

    /** Tells the handlers how things stand in the broker. */
    void read(Connection connection) throws IOException, JetStreamApiException;

    /** Tells the handlers of a change. */
    void changed(Message signal);
}
