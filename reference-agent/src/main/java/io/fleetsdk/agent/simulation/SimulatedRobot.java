package io.fleetsdk.agent.simulation;

import io.fleetsdk.agent.robot.SettingsReader;
import io.fleetsdk.agent.robot.SteppedRobot;
import io.fleetsdk.command.Command;
import io.fleetsdk.edge.CommandContext;
import io.fleetsdk.edge.CommandOutcome;
import io.fleetsdk.edge.DriverStatus;
import io.fleetsdk.edge.SettingsOutcome;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotError;
import io.fleetsdk.robot.RobotError.Severity;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetrySample;
import io.fleetsdk.telemetry.Velocity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A warehouse robot on two driven wheels, in numbers. In automatic mode it runs errands between stations and charges when
 * its battery is low; a command takes it over and hands it back. After an emergency stop was released it waits ten seconds
 * before it goes on by itself. Thread-safe.
 */
public final class SimulatedRobot implements SteppedRobot {
    private static final double PAUSE_AFTER_COMMAND = 3;
    private static final double PAUSE_AFTER_STOP = 10;
    private static final double DIAGNOSTICS_SECONDS = 1;
    private static final TelemetryChannel DIAGNOSTICS = TelemetryChannel.DIAGNOSTICS;

    private final Object lock = new Object();
    private final DriveLimits limits = DriveLimits.standard();
    private final SimulatedBody body;
    private final Errands errands;
    private final SimulatedCommands commands;
    private SimulatedSettings settings = SimulatedSettings.defaults(limits);
    private double diagnosticsAt;

    private SimulatedRobot(SimulatedBody body, Floor floor, Random random) {
        this.body = body;
        this.errands = new Errands(floor, random);
        this.commands = new SimulatedCommands(lock, body, floor);
    }

    /** At a station by the seed, so that neighbouring seeds stand apart; the rest is by chance from that seed. */
    public static SimulatedRobot of(long seed) {
        return of(seed, choose(Floor.warehouse().stations(), seed));
    }

    /**
     * At a place on the floor; the rest is by chance from the seed.
     *
     * @throws io.fleetsdk.InvalidInputException if it cannot stand there
     */
    public static SimulatedRobot of(long seed, Place start) {
        Floor floor = Floor.warehouse();
        Random random = new Random(seed);
        double yaw = (random.nextDouble() - 0.5) * 2 * Math.PI;
        double battery = 50 + random.nextDouble() * 45;
        Place dock = choose(floor.docks(), seed);
        SimulatedBody body =
                new SimulatedBody(DriveLimits.standard(), floor.checked("start", start), yaw, dock, battery);
        return new SimulatedRobot(body, floor, random);
    }

    private static Place choose(List<Place> places, long seed) {
        return places.get(Math.floorMod(seed, places.size()));
    }

    @Override
    public void step(double seconds) {
        synchronized (lock) {
            body.step(seconds);
            if (commands.leaveRobotAlone()) {
                errands.step(seconds, body, settings.batteryLow());
            }
            lock.notifyAll();
        }
    }

    @Override
    public DriverStatus status() {
        synchronized (lock) {
            DriverStatus status =
                    DriverStatus.of(state()).withMode(commands.mode()).withErrors(errors());
            return body.isCharging() ? status.charging(body.battery()) : status.discharging(body.battery());
        }
    }

    @Override
    public TelemetrySample telemetry() {
        synchronized (lock) {
            DifferentialDrive drive = body.drive();
            Velocity velocity = drive.velocity();
            return TelemetrySample.builder()
                    .position(drive.place().x(), drive.place().y(), 0)
                    .yaw(drive.yaw())
                    .velocity(velocity.linear(), velocity.angular())
                    .battery(body.battery())
                    .temperature(body.motorCelsius())
                    .value("wheelLeft", drive.leftWheel())
                    .value("wheelRight", drive.rightWheel())
                    .value("power", body.watts())
                    .build();
        }
    }

    @Override
    public Map<TelemetryChannel, JsonObject> channels() {
        synchronized (lock) {
            if (body.seconds() < diagnosticsAt) {
                return Map.of();
            }
            diagnosticsAt = body.seconds() + DIAGNOSTICS_SECONDS;
            JsonObject content = JsonObject.of("odometer", body.drive().odometer(), "upSeconds", body.seconds());
            return Map.of(
                    DIAGNOSTICS,
                    body.goal().map(goal -> content.with("goal", goal.toJson())).orElse(content));
        }
    }

    @Override
    public SettingsOutcome applySettings(JsonObject desired) {
        synchronized (lock) {
            SettingsReader reader = new SettingsReader(desired);
            settings = settings.next(reader, limits);
            body.limitSpeed(settings.maxSpeed());
            return reader.outcome(settings.toJson());
        }
    }

    @Override
    public Optional<String> refusal(Command command) {
        synchronized (lock) {
            return commands.refusal(command);
        }
    }

    @Override
    public boolean movesRobot(Command command) {
        return SimulatedCommands.moves(command.type());
    }

    @Override
    public CommandOutcome execute(Command command, CommandContext context) throws InterruptedException {
        synchronized (lock) {
            errands.wait(PAUSE_AFTER_COMMAND);
            return commands.execute(command, context);
        }
    }

    @Override
    public void emergencyStop() {
        body.hold();
    }

    @Override
    public void releaseEmergencyStop() {
        synchronized (lock) {
            errands.wait(PAUSE_AFTER_STOP);
            body.letGo();
        }
    }

    /** Stops the body; time may go on passing. */
    @Override
    public void close() {
        body.hold();
    }

    private RobotState state() {
        if (body.isPowerless()) {
            return RobotState.ERROR;
        }
        if (body.isCharging()) {
            return RobotState.CHARGING;
        }
        return commands.isBusy() || body.goal().isPresent() ? RobotState.EXECUTING : RobotState.IDLE;
    }

    private List<RobotError> errors() {
        if (body.isPowerless()) {
            return List.of(error("battery_empty", Severity.FATAL, "The battery is empty.", "Carry it to its dock."));
        }
        if (body.battery() <= settings.batteryLow() && !body.isCharging()) {
            return List.of(error(
                    "battery_low", Severity.WARNING, "The battery is low.", "In automatic mode it goes to charge."));
        }
        return List.of();
    }

    private static RobotError error(String type, Severity severity, String description, String hint) {
        return new RobotError(type, severity, description, Optional.of(hint));
    }
}
