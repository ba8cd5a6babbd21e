package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.Subscription;
import io.fleetsdk.command.EmergencyStop;
import io.fleetsdk.command.StopLatch;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.settings.SettingsChange;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Puts together what the clients know of a robot. Keeps a copy of reported settings and latches that follows the broker, so that
 * showing the fleet, and each heartbeat in the live stream, asks the broker for nothing. Thread-safe.
 */
public final class FleetView implements AutoCloseable {
    private final Fleet fleet;
    private final Map<RobotId, Optional<JsonObject>> reported = new ConcurrentHashMap<>();
    private final Map<Optional<RobotId>, StopLatch> latches = new ConcurrentHashMap<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    private FleetView(Fleet fleet) {
        this.fleet = fleet;
    }

    /** Begins to follow, then reads what is there, so that nothing is missed between. */
    public static FleetView follow(Fleet fleet) {
        FleetView view = new FleetView(fleet);
        try {
            view.subscribe();
            view.load();
            return view;
        } catch (RuntimeException e) {
            view.close();
            throw e;
        }
    }

    private void subscribe() {
        subscriptions.add(fleet.emergencyStop().watch(this::latched));
        subscriptions.add(fleet.settings().watch(this::settled));
    }

    private void load() {
        fleet.emergencyStop().latches().forEach((robot, latch) -> keep(Optional.of(robot), latch));
        keep(Optional.empty(), fleet.emergencyStop().fleetLatch());
    }

    public List<RobotDto> robots() {
        return fleet.robots().list().stream().map(this::robot).toList();
    }

    public RobotDto robot(Robot robot) {
        Optional<JsonObject> settings = reported.computeIfAbsent(robot.id(), this::read);
        return RobotDto.of(robot, settings, HoldDto.of(latch(Optional.of(robot.id())), fleetLatch()));
    }

    public StopLatch fleetLatch() {
        return latch(Optional.empty());
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    /**
     * The robot the path names.
     *
     * @throws NotFoundException if nobody has seen or described it
     */
    Robot named(Context ctx) {
        RobotId id = RequestQuery.robotId(ctx);
        return fleet.robots().find(id).orElseThrow(() -> new NotFoundException("no robot " + id + " is known"));
    }

    private StopLatch latch(Optional<RobotId> robot) {
        return latches.getOrDefault(robot, StopLatch.never());
    }

    private Optional<JsonObject> read(RobotId robot) {
        return fleet.settings().reported(robot).map(received -> received.value().settings());
    }

    private void latched(EmergencyStop.Change change) {
        keep(change.robot(), change.latch());
    }

    private void settled(SettingsChange change) {
        change.reported().ifPresent(settings -> reported.put(change.robotId(), Optional.of(settings.settings())));
    }

    private void keep(Optional<RobotId> robot, StopLatch latch) {
        latches.merge(robot, latch, (held, other) -> other.revision() >= held.revision() ? other : held);
    }

    /**
     * What a robot has said of itself.
     *
     * @throws NotFoundException if it has not yet
     */
    static <T> Received<T> said(Robot robot, String what, Optional<Received<T>> received) {
        return received.orElseThrow(() -> new NotFoundException(robot.id() + " has not reported its " + what + " yet"));
    }
}
