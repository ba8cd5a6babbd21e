package io.fleetsdk.edge;

import io.fleetsdk.Subscription;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.link.CommandDelivery;
import io.fleetsdk.link.RobotLink;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.telemetry.TelemetryChannel;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A link without a wire: a test says what comes in, step by step, and reads what went out. */
final class PaperLink implements RobotLink {
    record Answer(UUID commandId, CommandAck ack) {}

    final List<Answer> answers = new CopyOnWriteArrayList<>();
    final List<RobotStatus> statuses = new CopyOnWriteArrayList<>();
    final List<ReportedSettings> reported = new CopyOnWriteArrayList<>();
    Consumer<Command> whenSettled = command -> {};

    private final List<Consumer<CommandDelivery>> commands = new CopyOnWriteArrayList<>();
    private final List<Consumer<StopSignal>> stops = new CopyOnWriteArrayList<>();
    private final List<Consumer<DesiredSettings>> settings = new CopyOnWriteArrayList<>();
    private final List<Consumer<Connection>> connections = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> kept = new CopyOnWriteArrayList<>();
    private volatile Connection connection = Connection.DISCONNECTED;

    /**
     * @return whether the agent has settled it
     */
    boolean deliver(Command command) {
        AtomicBoolean settled = new AtomicBoolean();
        CommandDelivery delivery = new CommandDelivery() {
            @Override
            public Command command() {
                return command;
            }

            @Override
            public void settle() {
                whenSettled.accept(command);
                settled.set(true);
            }
        };
        commands.forEach(handler -> handler.accept(delivery));
        return settled.get();
    }

    void signal(StopSignal signal) {
        stops.forEach(handler -> handler.accept(signal));
    }

    void desire(DesiredSettings desired) {
        settings.forEach(handler -> handler.accept(desired));
    }

    void connect() {
        connection = Connection.CONNECTED;
        connections.forEach(handler -> handler.accept(connection));
        kept.forEach(future -> future.complete(null));
        kept.clear();
    }

    void disconnect() {
        connection = Connection.DISCONNECTED;
        connections.forEach(handler -> handler.accept(connection));
    }

    @Override
    public RobotId robotId() {
        return RobotId.of("RB-1");
    }

    @Override
    public CompletableFuture<Void> publishIdentity(RobotIdentity identity) {
        return keep();
    }

    @Override
    public CompletableFuture<Void> publishCapability(RobotCapability capability) {
        return keep();
    }

    @Override
    public CompletableFuture<Void> publishStatus(RobotStatus status) {
        statuses.add(status);
        return once();
    }

    @Override
    public CompletableFuture<Void> publishTelemetry(TelemetryChannel channel, JsonObject payload) {
        return once();
    }

    @Override
    public CompletableFuture<Void> publishReported(ReportedSettings settingsInForce) {
        reported.add(settingsInForce);
        return keep();
    }

    @Override
    public CompletableFuture<Void> publishAck(UUID commandId, CommandAck ack) {
        answers.add(new Answer(commandId, ack));
        return keep();
    }

    @Override
    public Subscription onCommand(Consumer<CommandDelivery> handler) {
        commands.add(handler);
        return () -> commands.remove(handler);
    }

    @Override
    public Subscription onDesiredSettings(Consumer<DesiredSettings> handler) {
        settings.add(handler);
        return () -> settings.remove(handler);
    }

    @Override
    public Subscription onEmergencyStop(Consumer<StopSignal> handler) {
        stops.add(handler);
        return () -> stops.remove(handler);
    }

    @Override
    public Subscription onConnectionChange(Consumer<Connection> handler) {
        connections.add(handler);
        return () -> connections.remove(handler);
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        kept.forEach(future -> future.completeExceptionally(new UnavailableException("closed", null)));
    }

    private CompletableFuture<Void> once() {
        return connection == Connection.CONNECTED
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(new UnavailableException("no connection", null));
    }

    private CompletableFuture<Void> keep() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        if (connection == Connection.CONNECTED) {
            future.complete(null);
        } else {
            kept.add(future);
        }
        return future;
    }
}
