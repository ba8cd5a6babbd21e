package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobFigures;
import io.fleetsdk.job.QueueLimits;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.nats.internal.job.JobSignals.Changed;
import io.fleetsdk.nats.internal.job.JobSignals.Order;
import io.fleetsdk.nats.internal.job.QueueSettings.Settings;
import java.util.function.UnaryOperator;

/** What a queue as a whole is told and asked: pause, limits, orders to workers, figures. */
final class QueueControl {
    private final String queue;
    private final JobParts parts;
    private final QueueFigures figures;

    QueueControl(String queue, JobParts parts) {
        this.queue = queue;
        this.parts = parts;
        this.figures = new QueueFigures(queue, parts);
    }

    void pause() {
        change(Settings::whilePaused);
        applyToLanes();
    }

    void resume() {
        change(Settings::running);
        applyToLanes();
    }

    private void applyToLanes() {
        String stream = parts.streams().of(queue);
        parts.lanes().all(queue).forEach(lane -> parts.pause().apply(queue, stream, QueueLanes.consumer(lane)));
    }

    QueueLimits limits() {
        return parts.settings().of(queue).limitsOrNone();
    }

    void limit(QueueLimits limits) {
        change(settings -> settings.withLimits(limits));
    }

    private void change(UnaryOperator<Settings> change) {
        parts.settings().change(queue, change);
        parts.signals().send(queue, new Changed());
    }

    void order(String worker, WorkerState order) {
        if (order == WorkerState.STOPPED) {
            throw new InvalidInputException("order", order, "must be RUNNING, QUIET or TERMINATING");
        }
        if (parts.directory().list(queue).stream()
                .noneMatch(listed -> listed.id().equals(worker))) {
            throw new NotFoundException("queue " + queue + " has no worker " + worker);
        }
        parts.signals().send(queue, new Order(worker, order));
    }

    JobFigures figures() {
        return figures.now();
    }
}
