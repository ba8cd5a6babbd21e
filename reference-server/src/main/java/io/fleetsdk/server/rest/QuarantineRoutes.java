package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.envelope.Malformation;
import io.fleetsdk.quarantine.QuarantinedMessage;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What could not be read. Bodies stay with the broker: they may hold anything. */
public final class QuarantineRoutes {
    private static final int USUAL_LIMIT = 50;
    private static final int MOST = 1_000;

    private final Fleet fleet;

    public QuarantineRoutes(Fleet fleet) {
        this.fleet = fleet;
    }

    /** What is kept, by reason, and the newest of it. */
    record Kept(Map<Malformation, Long> counts, List<Message> newest) {}

    /** One message; size in bytes. */
    record Message(Malformation reason, String detail, String subject, Instant at, int size) {
        static Message of(QuarantinedMessage message) {
            return new Message(
                    message.reason(), message.detail(), message.subject(), message.at(), message.body().length);
        }
    }

    public void show(Context ctx) {
        List<Message> newest = fleet.quarantine().newest(RequestQuery.limit(ctx, USUAL_LIMIT, MOST)).stream()
                .map(Message::of)
                .toList();
        ctx.json(new Kept(fleet.quarantine().counts(), newest));
    }
}
