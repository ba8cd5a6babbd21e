package io.fleetsdk.server.live;

import io.fleetsdk.FleetException;
import io.fleetsdk.job.Job;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.server.rest.JobDto;
import io.fleetsdk.server.rest.QueueDto;
import io.fleetsdk.server.rest.QueueView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the live stream tells of jobs. Each tick tells the newest state of jobs that took steps, as far as its bytes go; the rest waits for
 * the next. Queues are looked at once a second while somebody listens and jobs take steps, else every third second: some changes come
 * without a step, such as a pause.
 */
final class LiveJobs {
    private static final Logger log = LoggerFactory.getLogger(LiveJobs.class);
    private static final int BYTES_PER_TICK = 64 * 1024;
    private static final int LOOKS_WITHOUT_STEP = 3;

    private final QueueView view;
    private final JsonCodec codec;
    private final BooleanSupplier heard;
    private final Consumer<Frame> listeners;
    private final JobTick tick = new JobTick();
    private final AtomicBoolean stepped = new AtomicBoolean();
    private final Map<String, QueueDto> told = new HashMap<>();
    private int looksLeftOut;

    /**
     * @param heard whether anybody listens
     */
    LiveJobs(QueueView view, JsonCodec codec, BooleanSupplier heard, Consumer<Frame> listeners) {
        this.view = view;
        this.codec = codec;
        this.heard = heard;
        this.listeners = listeners;
    }

    /** Waits for nobody. */
    void stepped(Job job) {
        stepped.set(true);
        if (heard.getAsBoolean()) {
            tick.put(job);
        }
    }

    void onTick() {
        if (!heard.getAsBoolean()) {
            tick.clear();
            return;
        }
        int bytes = 0;
        for (Optional<Job> job = tick.take();
                job.isPresent();
                job = bytes < BYTES_PER_TICK ? tick.take() : Optional.empty()) {
            bytes += tell("job.updated", JobDto.brief(job.get()));
        }
    }

    /** Asks the broker, which may take its time: not for the thread of the ticks. Called by one thread at a time, once a second. */
    void look() {
        if (!heard.getAsBoolean()) {
            told.clear();
            return;
        }
        if (!stepped.getAndSet(false) && ++looksLeftOut < LOOKS_WITHOUT_STEP && !told.isEmpty()) {
            return;
        }
        looksLeftOut = 0;
        try {
            view.queues().stream()
                    .filter(queue -> !queue.equals(told.put(queue.name(), queue)))
                    .forEach(queue -> tell("queue.updated", queue));
        } catch (FleetException e) {
            log.debug("the queues are not told this time", e);
        } catch (RuntimeException e) {
            // An exception that left this method would silently end the schedule.
            log.error("the queues could not be told", e);
        }
    }

    private int tell(String event, Object data) {
        Frame frame = Frame.of(Frame.Kind.STATE, event, codec.encode(data));
        listeners.accept(frame);
        return frame.bytes().length;
    }
}
