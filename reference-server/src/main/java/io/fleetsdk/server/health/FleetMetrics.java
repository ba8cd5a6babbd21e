package io.fleetsdk.server.health;

import io.fleetsdk.Fleet;
import io.fleetsdk.FleetException;
import io.fleetsdk.Subscription;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.envelope.Malformation;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.server.live.LiveStream;
import io.fleetsdk.server.rest.QueueView;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures for Prometheus: the JVM, the HTTP requests and the fleet. Thread-safe. */
public final class FleetMetrics implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FleetMetrics.class);
    private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final MultiGauge robots =
            MultiGauge.builder("fleet.robots").description("Robots by presence").register(registry);
    private final MultiGauge quarantined = MultiGauge.builder("fleet.quarantined")
            .description("Messages kept in quarantine by reason")
            .register(registry);
    private final Fleet fleet;
    private final JobMeters jobs;
    private Subscription commands = () -> {};

    private FleetMetrics(Fleet fleet, QueueView queues, Clock clock) {
        this.fleet = fleet;
        this.jobs = new JobMeters(registry, queues, clock);
    }

    /** Begins to count. */
    public static FleetMetrics follow(Fleet fleet, QueueView queues, LiveStream live, Clock clock) {
        FleetMetrics metrics = new FleetMetrics(fleet, queues, clock);
        metrics.bindMachine();
        metrics.bindFleet(live);
        metrics.commands = fleet.commands().watch(metrics::count);
        return metrics;
    }

    /** Answers with everything; the fleet's gauges are taken anew. */
    public void scrape(Context ctx) {
        refresh();
        ctx.result(registry.scrape()).contentType(MEDIA_TYPE);
    }

    /** Counts a request under its route's template, so that ids make no series of their own. */
    public void count(Context ctx, float milliseconds) {
        @Nullable Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
        registry.timer(
                        "http.server.requests",
                        "method",
                        HandlerType.commonHttp().contains(ctx.method())
                                ? ctx.method().name()
                                : "other",
                        "route",
                        endpoint == null ? "none" : endpoint.path,
                        "status",
                        Integer.toString(ctx.statusCode()))
                .record(Duration.ofNanos((long) (milliseconds * 1e6)));
    }

    @Override
    public void close() {
        commands.close();
        collections.close();
        registry.close();
    }

    private void bindMachine() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    private void bindFleet(LiveStream live) {
        Gauge.builder("fleet.broker.connected", fleet, f -> f.isConnected() ? 1 : 0)
                .description("Whether the broker can be reached")
                .register(registry);
        Gauge.builder("fleet.live.clients", live, LiveStream::clients)
                .description("Clients of the live stream")
                .register(registry);
        FunctionCounter.builder("fleet.live.disconnected", live, LiveStream::fellBehind)
                .description("Live clients disconnected because they were too slow")
                .register(registry);
        FunctionCounter.builder("fleet.live.dropped", live, LiveStream::droppedBatches)
                .description("Telemetry batches that slow live clients did not get")
                .register(registry);
        FunctionCounter.builder("fleet.telemetry.received", live, LiveStream::received)
                .description("Telemetry messages received")
                .register(registry);
        FunctionCounter.builder("fleet.telemetry.dropped", live, LiveStream::dropped)
                .description("Telemetry messages dropped because they came faster than they were handled")
                .register(registry);
    }

    private void count(CommandExecution execution) {
        registry.counter("fleet.commands", "state", word(execution.state())).increment();
    }

    private void refresh() {
        try {
            Map<Presence, Long> present = fleet.robots().list().stream()
                    .collect(Collectors.groupingBy(Robot::presence, Collectors.counting()));
            robots.register(rows("presence", Presence.values(), present::get), true);
            Map<Malformation, Long> kept = fleet.quarantine().counts();
            quarantined.register(rows("reason", Malformation.values(), kept::get), true);
            jobs.refresh();
        } catch (FleetException e) {
            log.warn("the fleet's gauges stay as they were: {}", e.getMessage());
        }
    }

    private static <E extends Enum<E>> Iterable<MultiGauge.Row<?>> rows(
            String tag, E[] words, Function<E, @Nullable Long> figures) {
        return Arrays.stream(words)
                .<MultiGauge.Row<?>>map(word -> {
                    Long figure = figures.apply(word);
                    return MultiGauge.Row.of(Tags.of(tag, word(word)), figure == null ? 0 : figure);
                })
                .toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
