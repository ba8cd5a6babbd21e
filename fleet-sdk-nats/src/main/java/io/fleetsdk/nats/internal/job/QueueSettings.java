package io.fleetsdk.nats.internal.job;

import io.fleetsdk.internal.Require;
import io.fleetsdk.job.QueueLimits;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Whether a queue is paused and what limits it has: the truth, which the broker's consumers and the workers follow. */
final class QueueSettings {
    /** One queue's; what was never set is the default. */
    record Settings(Optional<Boolean> paused, Optional<QueueLimits> limits) {
        private static final Settings DEFAULTS = new Settings(Optional.empty(), Optional.empty());

        Settings {
            paused = Require.orEmpty(paused);
            limits = Require.orEmpty(limits);
        }

        boolean isPaused() {
            return paused.orElse(false);
        }

        QueueLimits limitsOrNone() {
            return limits.orElseGet(QueueLimits::none);
        }

        Settings whilePaused() {
            return new Settings(Optional.of(true), limits);
        }

        Settings running() {
            return new Settings(Optional.empty(), limits);
        }

        Settings withLimits(QueueLimits other) {
            return new Settings(paused, Optional.of(other));
        }
    }

    private final ControlKeys keys;

    QueueSettings(ControlKeys keys) {
        this.keys = keys;
    }

    Settings of(String queue) {
        return keys.read(key(queue), Settings.class).value().orElse(Settings.DEFAULTS);
    }

    void change(String queue, UnaryOperator<Settings> change) {
        keys.update(key(queue), Settings.class, before -> Optional.of(change.apply(before.orElse(Settings.DEFAULTS))));
    }

    private static String key(String queue) {
        return "queue." + queue;
    }
}
