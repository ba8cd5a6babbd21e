package io.fleetsdk.server.live;

import io.fleetsdk.Fleet;
import io.fleetsdk.Subscription;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.EmergencyStop;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.robot.RobotChange;
import io.fleetsdk.server.live.LiveClient.End;
import io.fleetsdk.server.rest.CommandDto;
import io.fleetsdk.server.rest.FleetView;
import io.fleetsdk.server.rest.QueueView;
import io.fleetsdk.settings.SettingsChange;
import io.fleetsdk.telemetry.Overflow;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetryFilter;
import io.fleetsdk.telemetry.TelemetryReading;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.ServiceUnavailableResponse;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in the fleet, told to every connected client: one subscription of each kind whatever the number of clients, each
 * event written once. Telemetry and jobs are told ten times a second, the newest of each robot and job. Thread-safe.
 */
public final class LiveStream implements AutoCloseable {
    /** More are turned away, so that memory stays bounded. */
    public static final int MOST_CLIENTS = 256;

    private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
    private static final long TICK_MILLIS = 100;
    private static final long LOOK_MILLIS = 1_000;
    private static final Overflow WAITING_READINGS = Overflow.dropOldest(10_000);

    private final FleetView view;
    private final JsonCodec codec;
    private final Clock clock;
    private final List<LiveClient> clients = new CopyOnWriteArrayList<>();
    private final TelemetryTick tick = new TelemetryTick();
    private final LiveJobs jobs;
    private final LongAdder received = new LongAdder();
    private final AtomicLong droppedByGone = new AtomicLong();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final LongAdder fellBehind = new LongAdder();
    private final long ticksPerKeepAlive;
    private volatile Subscription telemetry = () -> {};
    private long ticks;

    private LiveStream(FleetView view, QueueView queues, JsonCodec codec, Clock clock, Duration keepAlive) {
        this.view = view;
        this.jobs = new LiveJobs(queues, codec, () -> !clients.isEmpty(), this::send);
        this.codec = codec;
        this.clock = clock;
        this.ticksPerKeepAlive = keepAlive.toMillis() / TICK_MILLIS;
    }

    /**
     * Begins to follow the fleet.
     *
     * @param keepAlive how often a comment is sent, at least 100 ms
     * @param ticker sends the batches, and looks at the queues beside them: needs two threads; stays the caller's
     */
    public static LiveStream follow(
            Fleet fleet,
            FleetView view,
            QueueView queues,
            JsonCodec codec,
            Clock clock,
            Duration keepAlive,
            ScheduledExecutorService ticker) {
        LiveStream stream = new LiveStream(view, queues, codec, clock, keepAlive);
        try {
            stream.subscribe(fleet);
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
        Future<?> ticking = ticker.scheduleAtFixedRate(stream::onTick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        stream.subscriptions.add(() -> ticking.cancel(false));
        Future<?> looking =
                ticker.scheduleWithFixedDelay(stream.jobs::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        stream.subscriptions.add(() -> looking.cancel(false));
        return stream;
    }

    private void subscribe(Fleet fleet) {
        subscriptions.add(fleet.robots().watch(this::changed));
        subscriptions.add(fleet.commands().watch(this::stepped));
        subscriptions.add(fleet.settings().watch(this::settled));
        subscriptions.add(fleet.emergencyStop().watch(this::latched));
        subscriptions.add(fleet.jobs().watch(jobs::stepped));
        telemetry = fleet.telemetry().subscribe(TelemetryFilter.everything(), WAITING_READINGS, this::measured);
        subscriptions.add(telemetry);
    }

    /** Answers a request with the stream; it ends when the client goes, falls behind, or the server stops. */
    public void connect(Context ctx) {
        if (clients.size() >= MOST_CLIENTS) {
            throw new ServiceUnavailableResponse("there are already " + MOST_CLIENTS + " live clients");
        }
        ctx.contentType("text/event-stream")
                .header(Header.CACHE_CONTROL, "no-store")
                .header("X-Accel-Buffering", "no");
        if (ctx.method() == HandlerType.GET) {
            ctx.future(() -> attach(ctx));
        }
    }

    /** Clients connected now. */
    public int clients() {
        return clients.size();
    }

    /** Telemetry messages received of all channels. */
    public long received() {
        return received.sum();
    }

    /** Telemetry messages lost before they were looked at, because they came faster. */
    public long dropped() {
        return telemetry.dropped();
    }

    /** Clients disconnected because they were too slow. */
    public long fellBehind() {
        return fellBehind.sum();
    }

    /** Telemetry batches that slow clients did not get. */
    public long droppedBatches() {
        return droppedByGone.get()
                + clients.stream().mapToLong(LiveClient::dropped).sum();
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        clients.forEach(client -> client.end(End.SENT_AWAY));
    }

    /** The client is listed before the snapshot is taken, so that it misses nothing that happens between. */
    private CompletableFuture<End> attach(Context ctx) {
        LiveClient client = new LiveClient(output(ctx));
        clients.add(client);
        client.end().thenAccept(reason -> forget(client, reason));
        try {
            client.start(snapshot());
        } catch (RuntimeException e) {
            client.end(End.SENT_AWAY);
            throw e;
        }
        return client.end();
    }

    private void forget(LiveClient client, End reason) {
        clients.remove(client);
        droppedByGone.addAndGet(client.dropped());
        if (reason == End.FELL_BEHIND) {
            fellBehind.increment();
        }
    }

    private Frame snapshot() {
        return frame("snapshot", new LiveEvents.Snapshot(view.robots(), view.fleetLatch(), clock.instant()));
    }

    private static ServletOutputStream output(Context ctx) {
        try {
            return ctx.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void changed(RobotChange change) {
        String event = switch (change.kind()) {
            case IDENTITY -> "robot.identity.updated";
            case CAPABILITY -> "robot.capability.updated";
            case STATUS -> "robot.status.updated";
            case PRESENCE -> "robot.presence.updated";
            case METADATA -> "robot.meta.updated";
        };
        if (!clients.isEmpty()) {
            tell(event, view.robot(change.robot()));
        }
    }

    private void stepped(CommandExecution execution) {
        tell("robot.command.ack", CommandDto.of(execution));
    }

    private void settled(SettingsChange change) {
        tell("robot.settings.updated", LiveEvents.Settings.of(change));
    }

    private void latched(EmergencyStop.Change change) {
        tell("estop.updated", LiveEvents.Latch.of(change));
    }

    private void measured(TelemetryReading reading) {
        received.increment();
        if (!clients.isEmpty() && reading.channel().equals(TelemetryChannel.WHOLE)) {
            tick.put(reading);
        }
    }

    private void onTick() {
        try {
            List<LiveEvents.Sample> samples =
                    tick.take().stream().map(LiveEvents.Sample::of).toList();
            if (!samples.isEmpty()) {
                byte[] json = codec.encode(new LiveEvents.Batch(samples));
                send(Frame.of(Frame.Kind.TELEMETRY, "robot.telemetry.updated", json));
            }
            jobs.onTick();
            if (++ticks % ticksPerKeepAlive == 0) {
                send(Frame.KEEP_ALIVE);
            }
        } catch (RuntimeException e) {
            // An exception that left this method would silently end the schedule.
            log.error("a batch could not be sent", e);
        }
    }

    private void tell(String event, Object data) {
        if (!clients.isEmpty()) {
            send(frame(event, data));
        }
    }

    private Frame frame(String event, Object data) {
        return Frame.of(Frame.Kind.STATE, event, codec.encode(data));
    }

    private void send(Frame frame) {
        clients.forEach(client -> client.offer(frame));
    }
}
