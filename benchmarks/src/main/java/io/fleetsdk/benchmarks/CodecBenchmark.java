package io.fleetsdk.benchmarks;

import io.fleetsdk.command.Command;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.EnvelopeCodec;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.telemetry.TelemetryChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/** One message at a time: from a value to its bytes and back. The methods of JMH; {@link CodecTimes} runs them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private final EnvelopeCodec codec = new EnvelopeCodec(new JacksonCodec());
    private final JsonMapper jackson = JsonMapper.shared();

    private final Envelope<JsonObject> telemetry = TypicalMessages.telemetry(TypicalMessages.ROBOT);
    private final Envelope<RobotStatus> status = TypicalMessages.statusEnvelope();
    private final Envelope<Command> command = TypicalMessages.command();

    private final byte[] telemetryText = codec.encode(telemetry);
    private final byte[] statusText = codec.encode(status);
    private final byte[] commandText = codec.encode(command);
    private final Map<?, ?> tree = jackson.readValue(telemetryText, Map.class);

    private final String telemetrySubject = FleetSubjects.telemetry(TypicalMessages.ROBOT, TelemetryChannel.WHOLE);
    private final String statusSubject = FleetSubjects.status(TypicalMessages.ROBOT);
    private final String commandSubject = FleetSubjects.command(TypicalMessages.ROBOT);

    @Benchmark
    public byte[] encodeTelemetry() {
        return codec.encode(telemetry);
    }

    @Benchmark
    public Object decodeTelemetry() {
        return codec.decode(MessageType.TELEMETRY, telemetrySubject, telemetryText, Optional.empty());
    }

    @Benchmark
    public byte[] encodeStatus() {
        return codec.encode(status);
    }

    @Benchmark
    public Object decodeStatus() {
        return codec.decode(MessageType.STATUS, statusSubject, statusText, Optional.empty());
    }

    @Benchmark
    public byte[] encodeCommand() {
        return codec.encode(command);
    }

    @Benchmark
    public Object decodeCommand() {
        return codec.decode(MessageType.COMMAND, commandSubject, commandText, Optional.empty());
    }

    /** The least that any reader of the same text does: parse it into maps, with no check of the content. */
    @Benchmark
    public Object jacksonReadsTelemetry() {
        return jackson.readValue(telemetryText, Map.class);
    }

    @Benchmark
    public byte[] jacksonWritesTelemetry() {
        return jackson.writeValueAsBytes(tree);
    }
}
