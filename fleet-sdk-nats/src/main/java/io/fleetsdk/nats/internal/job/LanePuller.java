package io.fleetsdk.nats.internal.job;

import io.fleetsdk.protocol.JobSubjects.Lane;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls a queue's ready jobs for one worker, no more than it has room for. Lanes that are known to have jobs are asked by turns and
 * answer at once; every other lane has one standing pull for one job, so that an idle worker hears of it within a round trip.
 * Thread-safe.
 */
final class LanePuller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LanePuller.class);
    private static final int MOST_PER_PULL = 500;
    private static final Duration STANDING = Duration.ofSeconds(10);
    /** After which an answer that has not come will not: the broker that was to send it is gone. */
    private static final Duration SILENCE = STANDING.plusSeconds(2);

    private static final Duration SILENCE_AT_ONCE = Duration.ofSeconds(3);
    /** After a refusal, such as while the broker elects a leader. */
    private static final Duration REST = Duration.ofMillis(500);

    private static final String AT_ONCE = "{\"batch\":%d,\"no_wait\":true}";
    private static final String WAIT_FOR_ONE = "{\"batch\":1,\"expires\":" + STANDING.toNanos() + "}";
    private static final int IDLE_HEARTBEAT = 100;
    private static final int NO_MESSAGES = 404;
    private static final int TIME_IS_UP = 408;

    /** The worker that the jobs are for. */
    interface Taker {
        /** How many jobs it can take beside those it has and those that are on their way. */
        int room(int onTheirWay);

        /** How many of so many may be started by the queue's limits, counted as started. */
        int permits(int wanted);

        /** Gives back permits for which there were no jobs. */
        void unused(int permits);

        void take(PulledJob job);
    }

    /** What is under way to and from a lane. */
    private static final class LaneState {
        final Lane lane;
        final int index;
        final String requests;
        int awaited;
        boolean standing;
        boolean filled;
        boolean resting;
        long heardAt;

        LaneState(Lane lane, int index, String stream) {
            this.lane = lane;
            this.index = index;
            this.requests = "$JS.API.CONSUMER.MSG.NEXT." + stream + "." + QueueLanes.consumer(lane);
        }

        boolean isSilentFor(Duration time) {
            return System.nanoTime() - heardAt > time.toNanos();
        }

        boolean waitsInVain() {
            return awaited > 0 && isSilentFor(SILENCE_AT_ONCE) || standing && isSilentFor(SILENCE);
        }
    }

    private final Connection connection;
    private final String stream;
    private final Taker taker;
    private final String inbox;
    private final ConnectionListener reconnected = (c, event) -> connectionChanged(event);
    /** By the subject of its jobs without their ids. */
    private final Map<String, LaneState> lanes = new HashMap<>();

    private final List<LaneState> byIndex = new ArrayList<>();
    private final LaneTurns<LaneState> turns = new LaneTurns<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile int onTheirWay;
    private volatile boolean pulling;
    private Optional<Dispatcher> dispatcher = Optional.empty();
    private boolean closed;

    LanePuller(JobBroker broker, String stream, Taker taker) {
        this.connection = broker.connection();
        this.stream = stream;
        this.taker = taker;
        this.inbox = connection.createInbox() + ".";
    }

    /** Listens, but pulls nothing before {@link #resume}. */
    void open(Collection<Lane> all) {
        know(all);
        dispatcher = Optional.of(connection.createDispatcher(this::received).subscribe(inbox + "*"));
        connection.addConnectionListener(reconnected);
    }

    /** Adds lanes that it did not know yet. */
    void know(Collection<Lane> all) {
        locked(() -> all.forEach(this::know));
        pull();
    }

    private void know(Lane lane) {
        String subject = withoutLast(lane.jobs());
        if (!lanes.containsKey(subject)) {
            LaneState state = new LaneState(lane, byIndex.size(), stream);
            lanes.put(subject, state);
            byIndex.add(state);
        }
    }

    void pause() {
        pulling = false;
    }

    void resume() {
        pulling = true;
        pull();
    }

    /**
     * Pulls what there is room for. To be called whenever room may have appeared; where there is none, or another thread is at it, this
     * costs next to nothing.
     */
    void pull() {
        if (!pulling || taker.room(onTheirWay) <= 0) {
            return;
        }
        asked.set(true);
        while (asked.get() && lock.tryLock()) {
            try {
                asked.set(false);
                pullRoom();
            } finally {
                lock.unlock();
            }
        }
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void pullRoom() {
        int room = taker.room(onTheirWay);
        if (closed || room <= 0) {
            return;
        }
        try {
            if (!turns.isEmpty()) {
                pullFilled(Math.min(room, MOST_PER_PULL));
            }
            standAtEmptyLanes();
        } catch (IllegalStateException e) {
            log.debug("Not connected; pulls begin anew after the reconnect", e);
        }
    }

    private void pullFilled(int room) {
        int permitted = taker.permits(room);
        if (permitted > 0) {
            turns.next(permitted).forEach(this::pullAtOnce);
        }
    }

    private void pullAtOnce(LaneState lane, int count) {
        lane.awaited += count;
        onTheirWay += count;
        request(lane, String.format(AT_ONCE, count), "n");
    }

    private void standAtEmptyLanes() {
        for (LaneState lane : byIndex) {
            lane.resting &= !lane.isSilentFor(REST);
            if (!lane.standing && !lane.filled && !lane.resting) {
                lane.standing = true;
                request(lane, WAIT_FOR_ONE, "s");
            }
        }
    }

    private void request(LaneState lane, String body, String kind) {
        String reply = inbox + kind + lane.index;
        lane.heardAt = System.nanoTime();
        connection.publish(lane.requests, reply, body.getBytes(StandardCharsets.US_ASCII));
    }

    private void received(Message message) {
        locked(() -> {
            if (message.isStatusMessage()) {
                ended(message);
            } else {
                delivered(message);
            }
        });
        pull();
    }

    private void delivered(Message message) {
        LaneState lane = lanes.get(withoutLast(message.getSubject()));
        if (lane == null) {
            message.nak();
            return;
        }
        lane.heardAt = System.nanoTime();
        boolean pulledAtOnce = lane.awaited > 0;
        if (pulledAtOnce) {
            lane.awaited--;
            onTheirWay -= 1;
        } else {
            lane.standing = false;
        }
        if (closed || !pulling) {
            taker.unused(pulledAtOnce ? 1 : 0);
            message.nak();
            return;
        }
        fill(lane);
        taker.take(new PulledJob(message, pulledAtOnce, System.nanoTime()));
    }

    private static String withoutLast(String subject) {
        return subject.substring(0, subject.lastIndexOf('.'));
    }

    private void fill(LaneState lane) {
        if (!lane.filled) {
            lane.filled = true;
            turns.add(lane.lane.priority(), lane);
        }
    }

    private void empty(LaneState lane) {
        if (lane.filled) {
            lane.filled = false;
            turns.remove(lane.lane.priority(), lane);
        }
    }

    /** A pull has ended with fewer jobs than asked for. */
    private void ended(Message status) {
        String reply = status.getSubject();
        int code = status.getStatus().getCode();
        if (code == IDLE_HEARTBEAT || reply.length() <= inbox.length() + 1) {
            return;
        }
        LaneState lane = byIndex.get(Integer.parseInt(reply.substring(inbox.length() + 1)));
        lane.heardAt = System.nanoTime();
        lane.resting = code != NO_MESSAGES && code != TIME_IS_UP;
        if (reply.charAt(inbox.length()) == 's') {
            lane.standing = false;
        } else {
            int missing = Math.min(lane.awaited, pending(status.getHeaders(), lane.awaited));
            lane.awaited -= missing;
            onTheirWay -= missing;
            taker.unused(missing);
            empty(lane);
        }
    }

    private static int pending(@Nullable Headers headers, int otherwise) {
        String count = headers == null ? null : headers.getFirst("Nats-Pending-Messages");
        return count == null ? otherwise : Integer.parseInt(count);
    }

    /** Pulls do not survive a cut. */
    private void connectionChanged(ConnectionListener.Events event) {
        if (event == ConnectionListener.Events.RECONNECTED) {
            locked(this::forgetPulls);
            pull();
        }
    }

    private void forgetPulls() {
        byIndex.forEach(this::forget);
    }

    private void forget(LaneState lane) {
        taker.unused(lane.awaited);
        onTheirWay -= lane.awaited;
        lane.awaited = 0;
        lane.standing = false;
        empty(lane);
    }

    /** To be called in even periods: gives up pulls that nobody will answer. */
    void forgetSilent() {
        locked(() -> byIndex.stream().filter(LaneState::waitsInVain).forEach(this::forget));
    }

    @Override
    public void close() {
        locked(() -> closed = true);
        connection.removeConnectionListener(reconnected);
        dispatcher.filter(Dispatcher::isActive).ifPresent(connection::closeDispatcher);
    }
}
