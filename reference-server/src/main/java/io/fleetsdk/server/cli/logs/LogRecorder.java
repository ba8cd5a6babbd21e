package io.fleetsdk.server.cli.logs;

import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.TelemetryReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the telemetry of some robots to segments, a line of JSON for each reading. For one thread at a time. */
final class LogRecorder implements Consumer<TelemetryReading> {
    private static final int MOST_ROBOTS = 4;
    private static final int KEPT = 50;

    private final LogArchive archive;
    private final JsonCodec codec;
    private final Listener listener;
    private final Map<RobotId, Recording> recordings = new HashMap<>();

    /** Who hears of segments. */
    interface Listener {
        void begun(LogSegment segment);

        void completed(LogSegment segment);
    }

    LogRecorder(LogArchive archive, JsonCodec codec, Listener listener) {
        this.archive = archive;
        this.codec = codec;
        this.listener = listener;
    }

    @Override
    public void accept(TelemetryReading reading) {
        if (recordings.size() == MOST_ROBOTS && !recordings.containsKey(reading.robotId())) {
            return;
        }
        try {
            write(reading);
        } catch (IOException e) {
            throw new UncheckedIOException("the log of " + reading.robotId() + " cannot be written", e);
        }
    }

    private void write(TelemetryReading reading) throws IOException {
        Recording current = recordings.get(reading.robotId());
        if (current == null) {
            begin(reading.robotId(), reading.storedAt()).write(line(reading));
        } else if (current.isFull(reading.storedAt())) {
            current.complete();
            begin(reading.robotId(), reading.storedAt()).write(line(reading));
            forgetBehind(current.segment());
            listener.completed(current.segment());
        } else {
            current.write(line(reading));
        }
    }

    private Recording begin(RobotId robot, Instant time) throws IOException {
        Recording next = new Recording(archive, archive.next(robot), time);
        recordings.put(robot, next);
        listener.begun(next.segment());
        return next;
    }

    /** A demo may run for days. */
    private void forgetBehind(LogSegment newest) throws IOException {
        if (newest.number() != null) {
            archive.remove(new LogSegment(newest.robot(), newest.number() - KEPT));
        }
    }

    private byte[] line(TelemetryReading reading) {
        return codec.encode(JsonObject.of("sentAt", reading.sentAt().toString())
                .with("channel", reading.channel().name())
                .with("payload", reading.payload()));
    }
}
