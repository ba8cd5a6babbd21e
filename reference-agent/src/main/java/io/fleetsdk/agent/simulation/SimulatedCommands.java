package io.fleetsdk.agent.simulation;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.command.Command;
import io.fleetsdk.edge.CommandContext;
import io.fleetsdk.edge.CommandOutcome;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.OperatingMode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * What the simulated robot can be told to do. Every method is called with the robot's lock held; waiting gives it up until
 * time has passed.
 */
final class SimulatedCommands {
    private static final String MOVE_TO = "move_to";
    private static final String EXECUTE_SKILL = "execute_skill";
    private static final String CALIBRATE = "calibrate";
    private static final String CHARGE = "charge";
    private static final String CONFIGURE = "configure";
    private static final String SET_MODE = "set_mode";
    private static final Set<String> MOVING = Set.of(MOVE_TO, EXECUTE_SKILL, CALIBRATE, CHARGE);

    private static final double LAST_RESERVE_PERCENT = 5;
    private static final double CALIBRATION_SECONDS = 5;
    private static final double SKILL_SECONDS = 5;
    private static final double TOOL_WATTS = 40;

    private final Object lock;
    private final SimulatedBody body;
    private final Floor floor;
    private final Map<String, Action> actions = Map.of(
            MOVE_TO, this::moveTo,
            EXECUTE_SKILL, this::executeSkill,
            CALIBRATE, this::calibrate,
            CHARGE, this::charge,
            CONFIGURE, this::configure,
            SET_MODE, this::setMode);
    private OperatingMode mode = OperatingMode.AUTOMATIC;
    private boolean errands = true;
    private boolean busy;

    /** How one type of command is carried out. */
    private interface Action {
        CommandOutcome run(JsonObject payload, CommandContext context) throws InterruptedException;
    }

    SimulatedCommands(Object lock, SimulatedBody body, Floor floor) {
        this.lock = lock;
        this.body = body;
        this.floor = floor;
    }

    static boolean moves(String type) {
        return MOVING.contains(type);
    }

    OperatingMode mode() {
        return mode;
    }

    boolean isBusy() {
        return busy;
    }

    /** Whether the robot may do things of its own accord now. */
    boolean leaveRobotAlone() {
        return !busy && errands && mode == OperatingMode.AUTOMATIC;
    }

    Optional<String> refusal(Command command) {
        if (!actions.containsKey(command.type())) {
            return Optional.of("this robot does not know " + command.type());
        }
        if (!moves(command.type())) {
            return Optional.empty();
        }
        if (mode != OperatingMode.AUTOMATIC && mode != OperatingMode.SEMIAUTOMATIC) {
            return Optional.of("mode is " + mode + "; set_mode AUTOMATIC first");
        }
        return refusedByBattery(command).or(() -> refusedByFloor(command));
    }

    CommandOutcome execute(Command command, CommandContext context) throws InterruptedException {
        busy = true;
        try {
            return Optional.ofNullable(actions.get(command.type()))
                    .orElseThrow(() -> new InvalidInputException("type", command.type(), "must be known to this robot"))
                    .run(command.payload(), context);
        } finally {
            busy = false;
        }
    }

    private Optional<String> refusedByBattery(Command command) {
        double needed = command.type().equals(CHARGE) ? 0 : LAST_RESERVE_PERCENT;
        boolean enough = body.isCharging() || body.battery() > needed;
        return enough
                ? Optional.empty()
                : Optional.of("the battery is at %.0f %%: charge first".formatted(body.battery()));
    }

    private Optional<String> refusedByFloor(Command command) {
        return command.type().equals(MOVE_TO) && !floor.canStandAt(place(command.payload()))
                ? Optional.of("the place " + floor.rule())
                : Optional.empty();
    }

    private CommandOutcome moveTo(JsonObject payload, CommandContext context) throws InterruptedException {
        return go(place(payload), context).orElseGet(() -> {
            JsonObject there = body.drive().place().toJson();
            return CommandOutcome.completed(there.with("yaw", body.drive().yaw()));
        });
    }

    private CommandOutcome executeSkill(JsonObject payload, CommandContext context) throws InterruptedException {
        String skill = payload.string("skill").orElseThrow(() -> missing("skill"));
        double seconds = payload.number("seconds").orElse(SKILL_SECONDS);
        body.powerTool(TOOL_WATTS);
        try {
            return work(seconds, skill, context)
                    .orElseGet(() -> CommandOutcome.completed(JsonObject.of("skill", skill, "seconds", seconds)));
        } finally {
            body.powerTool(0);
        }
    }

    private CommandOutcome calibrate(JsonObject none, CommandContext context) throws InterruptedException {
        return work(CALIBRATION_SECONDS, "calibrating", context)
                .orElseGet(() -> CommandOutcome.completed(JsonObject.of("seconds", CALIBRATION_SECONDS)));
    }

    private CommandOutcome charge(JsonObject payload, CommandContext context) throws InterruptedException {
        double wanted = payload.number("untilPercent").orElse(100);
        Optional<CommandOutcome> otherwise = go(body.dock(), context);
        if (otherwise.isPresent()) {
            return otherwise.get();
        }
        body.plugIn();
        return until(() -> body.battery() >= wanted, body::battery, "charging", context)
                .orElseGet(() -> CommandOutcome.completed(JsonObject.of("battery", body.battery())));
    }

    private CommandOutcome configure(JsonObject payload, CommandContext context) {
        errands = payload.get("errands")
                .filter(Boolean.class::isInstance)
                .map(Boolean.class::cast)
                .orElse(errands);
        return restUnlessFree(JsonObject.of("errands", errands));
    }

    private CommandOutcome setMode(JsonObject payload, CommandContext context) {
        mode = OperatingMode.valueOf(payload.string("mode").orElseThrow(() -> missing("mode")));
        return restUnlessFree(JsonObject.of("mode", mode.name()));
    }

    private CommandOutcome restUnlessFree(JsonObject result) {
        if (!errands || mode != OperatingMode.AUTOMATIC) {
            body.halt();
        }
        return CommandOutcome.completed(result);
    }

    /** Drives there; empty once it stands there. */
    private Optional<CommandOutcome> go(Place goal, CommandContext context) throws InterruptedException {
        double whole = Math.max(Pilot.ARRIVED, body.drive().place().distanceTo(goal));
        DoubleSupplier percent =
                () -> Math.max(0, 100 * (1 - body.drive().place().distanceTo(goal) / whole));
        body.goTo(goal);
        Optional<CommandOutcome> otherwise = until(body::hasArrived, percent, "driving", context);
        body.halt();
        return otherwise;
    }

    /** Stands and works; empty once the time is over. */
    private Optional<CommandOutcome> work(double seconds, String doing, CommandContext context)
            throws InterruptedException {
        body.halt();
        double end = body.seconds() + seconds;
        DoubleSupplier percent = () -> 100 * (1 - (end - body.seconds()) / seconds);
        return until(() -> body.seconds() >= end, percent, doing, context);
    }

    /** Waits until it is so: then empty, else how the command ends instead, with the robot at rest. */
    private Optional<CommandOutcome> until(
            BooleanSupplier done, DoubleSupplier percent, String doing, CommandContext context)
            throws InterruptedException {
        while (!done.getAsBoolean()) {
            if (context.stopReason().isPresent()) {
                return Optional.of(stopped());
            }
            if (body.isPowerless()) {
                return Optional.of(CommandOutcome.failed("the battery is empty"));
            }
            context.progress(Math.max(0, Math.min(100, percent.getAsDouble())), doing);
            lock.wait();
        }
        return Optional.empty();
    }

    private CommandOutcome stopped() throws InterruptedException {
        body.halt();
        while (!body.drive().isAtRest()) {
            lock.wait();
        }
        return CommandOutcome.cancelled();
    }

    private static Place place(JsonObject payload) {
        return new Place(
                payload.number("x").orElseThrow(() -> missing("x")),
                payload.number("y").orElseThrow(() -> missing("y")));
    }

    private static InvalidInputException missing(String name) {
        return new InvalidInputException(name, "missing", "is required");
    }
}
