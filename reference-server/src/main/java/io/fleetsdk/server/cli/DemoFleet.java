package io.fleetsdk.server.cli;

import io.fleetsdk.server.cli.logs.LogWorkerMain;
import io.fleetsdk.testing.NatsServer;
import io.fleetsdk.testing.ObjectServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A broker, an object store, a server and robots, each but the store a process of its own, owned by this object. */
final class DemoFleet implements AutoCloseable {
    private static final int STORAGE_GIB = 8;
    private static final int TOKEN_BYTES = 24;
    private static final int START_SECONDS = 60;
    private static final List<String> SMALL_JVM =
            List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private final DemoPlan plan;
    private final PrintWriter out;
    private final String token = newToken();
    /** The robots and the worker. */
    private final List<ChildProcess> clients = new ArrayList<>();

    private Optional<NatsServer> broker = Optional.empty();
    private Optional<ObjectServer> store = Optional.empty();
    private Optional<ChildProcess> server = Optional.empty();
    private boolean closed;

    DemoFleet(DemoPlan plan, PrintWriter out) {
        this.plan = plan;
        this.out = out;
    }

    /** Starts everything; what was started before a failure ends with {@link #close}. */
    void start() {
        createDirectories();
        out.println("Starting the broker ...");
        NatsServer nats = startBroker();
        out.printf("  nats-server %s at %s%n", nats.version(), nats.url());
        ObjectServer store = startStore();
        out.printf("  object store at %s%n", store.endpoint());
        ChildProcess web = startServer(nats, store);
        out.printf("  reference server at %s (process %d)%n", pageUrl(), web.pid());
        startWorker(nats);
        for (int number = 1; number <= plan.robots(); number++) {
            startRobot(nats, number);
        }
        out.printf(
                "  %d robots: %d simulated, %d replaying a drive%n",
                plan.robots(), plan.simulatedRobots(), plan.replayRobots());
        out.println("  a worker that compresses their logs, in the queue " + LogWorkerMain.QUEUE);
        out.flush();
    }

    String pageUrl() {
        return "http://localhost:" + plan.port();
    }

    String token() {
        return token;
    }

    String brokerUrl() {
        return broker.map(NatsServer::url).orElse("");
    }

    /** The first process that has ended by itself. */
    Optional<ChildProcess> ended() {
        return Stream.concat(server.stream(), clients.stream())
                .filter(child -> !child.isAlive())
                .findFirst();
    }

    private synchronized NatsServer startBroker() {
        ensureOpen();
        NatsServer nats =
                NatsServer.builder().dataDirectory(plan.data().resolve("nats")).start();
        broker = Optional.of(nats);
        return nats;
    }

    private synchronized ObjectServer startStore() {
        ensureOpen();
        ObjectServer server = ObjectServer.builder()
                .dataDirectory(plan.data().resolve("objects"))
                .start();
        store = Optional.of(server);
        return server;
    }

    private ChildProcess startServer(NatsServer nats, ObjectServer objects) {
        List<String> words = new ArrayList<>(SMALL_JVM);
        words.addAll(List.of("-jar", jar("reference-server").toString()));
        words.addAll(List.of("--nats", nats.url(), "--port", String.valueOf(plan.port())));
        words.addAll(List.of("--storage", String.valueOf(STORAGE_GIB), "--exit-with-stdin"));
        words.addAll(List.of("--token-file", plan.tokens().toString()));
        words.addAll(List.of("--s3", objects.endpoint().toString()));
        Map<String, String> keys =
                Map.of("AWS_ACCESS_KEY_ID", objects.accessKey(), "AWS_SECRET_ACCESS_KEY", objects.secretKey());
        ChildProcess child = adopt("server", "listening on ", keys, words);
        try {
            child.ready().orTimeout(START_SECONDS, TimeUnit.SECONDS).join();
            return child;
        } catch (CompletionException e) {
            throw e.getCause() instanceof DemoException ended
                    ? ended
                    : DemoException.failure("the server did not start within " + START_SECONDS + " s");
        }
    }

    private void startRobot(NatsServer nats, int number) {
        String id = DemoPlan.robotId(number);
        List<String> words = new ArrayList<>();
        words.add("@" + plan.home().resolve("reference-agent/agent.jvmopts"));
        words.addAll(List.of("-jar", jar("reference-agent").toString()));
        words.addAll(List.of("--robot", id, "--nats", nats.url(), "--exit-with-stdin"));
        words.addAll(
                List.of("--data-dir", plan.data().resolve("robots").resolve(id).toString()));
        if (plan.isReplay(number)) {
            words.add("--replay");
            plan.recording(number).ifPresent(file -> words.add(file.toString()));
            words.addAll(List.of("--speed", String.valueOf(plan.speed())));
        } else {
            words.addAll(List.of("--simulate", "--seed", String.valueOf(number)));
        }
        adopt(id, "ready", Map.of(), words);
    }

    private void startWorker(NatsServer nats) {
        List<String> words = new ArrayList<>(SMALL_JVM);
        words.addAll(List.of("-cp", jar("reference-server").toString(), LogWorkerMain.class.getName()));
        words.addAll(List.of(nats.url(), plan.recordedLogs().toString()));
        adopt("worker", "ready", Map.of(), words);
    }

    private synchronized ChildProcess adopt(
            String name, String readyPrefix, Map<String, String> secrets, List<String> words) {
        ensureOpen();
        ChildProcess child = ChildProcess.start(name, plan.logs().resolve(name + ".log"), readyPrefix, secrets, words);
        if (server.isEmpty()) {
            server = Optional.of(child);
        } else {
            clients.add(child);
        }
        return child;
    }

    /** Ctrl-C may come while things are still being started. */
    private void ensureOpen() {
        if (closed) {
            throw DemoException.failure("interrupted");
        }
    }

    private void createDirectories() {
        try {
            Files.createDirectories(plan.logs());
            Files.createDirectories(plan.data().resolve("robots"));
            Files.deleteIfExists(plan.tokens());
            Files.createFile(
                    plan.tokens(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(plan.tokens(), "demo admin " + token + System.lineSeparator());
        } catch (IOException | UnsupportedOperationException e) {
            throw DemoException.mistake("--data-dir: cannot write to " + plan.data() + ": " + e.getMessage());
        }
    }

    private Path jar(String module) {
        Path target = plan.home().resolve(module).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> isProgram(module, file.getFileName().toString()))
                    .findFirst()
                    .orElseThrow(() -> DemoException.mistake(module + " is not built: mvn -DskipTests package"));
        } catch (IOException e) {
            throw DemoException.mistake(module + " is not built: mvn -DskipTests package");
        }
    }

    private static boolean isProgram(String module, String file) {
        return file.startsWith(module)
                && file.endsWith(".jar")
                && !file.contains("-sources")
                && !file.contains("-javadoc");
    }

    private static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Robots and worker first, so that they can say goodbye; then the server, then the store and the broker. */
    @Override
    public synchronized void close() {
        closed = true;
        clients.forEach(ChildProcess::askToEnd);
        clients.forEach(ChildProcess::close);
        server.ifPresent(ChildProcess::close);
        store.ifPresent(ObjectServer::close);
        broker.ifPresent(NatsServer::close);
        try {
            Files.deleteIfExists(plan.tokens());
        } catch (IOException e) {
            throw new UncheckedIOException("the token file stays behind", e);
        }
    }
}
