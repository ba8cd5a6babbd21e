package io.fleetsdk.testing;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what a test class left behind: connections that the server still has, and threads named after a connection.
 *
 * @param before the threads there were before the class
 */
record LeakCheck(Set<Thread> before) {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    static LeakCheck beginning() {
        return new LeakCheck(Set.copyOf(Thread.getAllStackTraces().keySet()));
    }

    /**
     * Gives what is being closed a moment to go. A server that the tests have stopped tells nothing.
     *
     * @throws AssertionError if something stays, naming it
     */
    void verify(NatsServer server) {
        if (!server.isRunning()) {
            return;
        }
        Connections connections = new Connections(server.monitoring().orElseThrow());
        Set<String> names = connections.open().stream()
                .flatMap(connection -> connection.name().stream())
                .collect(Collectors.toSet());
        connections.closed().forEach(connection -> connection.name().ifPresent(names::add));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> left = left(connections, names);
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            left = left(connections, names);
        }
        if (!left.isEmpty()) {
            throw new AssertionError("the test class left behind: " + String.join(", ", left)
                    + ". Close each fleet, link and connection that a test opens.");
        }
    }

    private List<String> left(Connections connections, Set<String> names) {
        Stream<String> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(thread -> names.stream().anyMatch(thread::startsWith))
                .map(thread -> "thread " + thread);
        return Stream.concat(connections.open().stream().map(Connections.Connection::toString), threads)
                .toList();
    }
}
