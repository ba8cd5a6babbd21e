package io.fleetsdk.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** Everything heard, in order. Written by the broker's thread, read and waited for by the verifications. Thread-safe. */
final class Recording {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<Heard> messages = new ArrayList<>();

    /**
     * @param message makes the message from its number
     */
    void add(IntFunction<Heard> message) {
        lock.lock();
        try {
            messages.add(message.apply(messages.size()));
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number the next message will have. */
    int mark() {
        lock.lock();
        try {
            return messages.size();
        } finally {
            lock.unlock();
        }
    }

    List<Heard> since(int mark) {
        lock.lock();
        try {
            return List.copyOf(messages.subList(mark, messages.size()));
        } finally {
            lock.unlock();
        }
    }

    List<Heard> all() {
        return since(0);
    }

    List<Heard> ofType(String type) {
        return all().stream().filter(message -> message.type().equals(type)).toList();
    }

    Optional<Heard> await(int mark, Predicate<Heard> wanted, Duration atMost) throws InterruptedException {
        return awaitThat(() -> since(mark).stream().filter(wanted).findFirst(), atMost);
    }

    /** Waits until the question has an answer; asks again with each message. */
    <T> Optional<T> awaitThat(Question<T> question, Duration atMost) throws InterruptedException {
        long remaining = atMost.toNanos();
        lock.lock();
        try {
            Optional<T> answer = question.ask();
            while (answer.isEmpty() && remaining > 0) {
                remaining = grown.awaitNanos(remaining);
                answer = question.ask();
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** Listens on for so long. */
    void listen(Duration time) throws InterruptedException {
        awaitThat(Optional::empty, time);
    }

    /** Something that messages may answer. */
    @FunctionalInterface
    interface Question<T> {
        Optional<T> ask();
    }
}
