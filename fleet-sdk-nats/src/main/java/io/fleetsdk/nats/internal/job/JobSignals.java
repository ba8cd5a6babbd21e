package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.Subscription;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the workers of a queue hear at once, over core NATS; whoever misses one learns it with the next heartbeat. */
final class JobSignals {
    private static final Logger log = LoggerFactory.getLogger(JobSignals.class);

    private final JobBroker broker;

    JobSignals(JobBroker broker) {
        this.broker = broker;
    }

    /** Something that workers should know. */
    sealed interface Signal {}

    /** Somebody asked to cancel the job; its record, at this revision, says so. */
    record Cancel(JobId id, long revision) implements Signal {}

    /** A worker is to be in this state. */
    record Order(String worker, WorkerState state) implements Signal {}

    /** The queue's limits, its pause or its lanes have changed: look again. */
    record Changed() implements Signal {}

    /** A signal as JSON: one member, named after its kind. */
    private record Wire(Optional<CancelWire> cancel, Optional<Order> order, Optional<Changed> changed) {
        Wire {
            cancel = Require.orEmpty(cancel);
            order = Require.orEmpty(order);
            changed = Require.orEmpty(changed);
        }

        static Wire of(Signal signal) {
            return new Wire(
                    only(Cancel.class, signal).map(CancelWire::of),
                    only(Order.class, signal),
                    only(Changed.class, signal));
        }

        private static <T> Optional<T> only(Class<T> kind, Signal signal) {
            return Optional.of(signal).filter(kind::isInstance).map(kind::cast);
        }

        Signal signal() {
            return Stream.of(cancel.map(CancelWire::signal), order, changed)
                    .flatMap(Optional::stream)
                    .map(Signal.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException("signal", "{}", "must be cancel, order or changed"));
        }
    }

    private record CancelWire(String id, long revision) {
        static CancelWire of(Cancel cancel) {
            return new CancelWire(cancel.id().value(), cancel.revision());
        }

        Cancel signal() {
            return new Cancel(JobId.of(id), revision);
        }
    }

    /**
     * Sends to all workers of the queue that are connected.
     *
     * @throws io.fleetsdk.UnavailableException if this process is not connected
     */
    void send(String queue, Signal signal) {
        byte[] json = broker.codec().encode(Wire.of(signal));
        broker.call("signal the workers of " + queue, () -> {
            broker.connection().publish(JobSubjects.signals(queue), json);
            return queue;
        });
    }

    /** Calls on a thread of its own; a signal that cannot be read is logged. */
    Subscription receive(String queue, Consumer<Signal> handler) {
        Dispatcher dispatcher = broker.call(
                "listen to signals of " + queue,
                () -> broker.connection()
                        .createDispatcher(message -> received(message, handler))
                        .subscribe(JobSubjects.signals(queue)));
        return () -> {
            if (dispatcher.isActive()) {
                broker.connection().closeDispatcher(dispatcher);
            }
        };
    }

    private void received(Message message, Consumer<Signal> handler) {
        try {
            handler.accept(broker.codec().decode(message.getData(), Wire.class).signal());
        } catch (InvalidInputException e) {
            log.warn("A signal on {} was passed over: {}", message.getSubject(), e.getMessage());
        } catch (RuntimeException e) {
            log.error("A signal on {} was not handled", message.getSubject(), e);
        }
    }
}
