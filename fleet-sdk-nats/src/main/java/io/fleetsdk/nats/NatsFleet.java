package io.fleetsdk.nats;

import io.fleetsdk.Fleet;
import io.fleetsdk.command.CommandClient;
import io.fleetsdk.command.EmergencyStop;
import io.fleetsdk.inference.InferenceClient;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.nats.internal.job.JetStreamJobs;
import io.fleetsdk.nats.internal.model.JetStreamModels;
import io.fleetsdk.nats.internal.model.ModelBroker;
import io.fleetsdk.quarantine.Quarantine;
import io.fleetsdk.robot.RobotRegistry;
import io.fleetsdk.settings.SettingsClient;
import io.fleetsdk.telemetry.TelemetryClient;
import java.util.function.Function;

/** A fleet on a NATS broker with JetStream. */
public final class NatsFleet implements Fleet {
    private final Broker broker;
    private final JetStreamRobotRegistry robots;
    private final JetStreamTelemetry telemetry;
    private final JetStreamSettings settings;
    private final JetStreamCommands commands;
    private final JetStreamEmergencyStop emergencyStop;
    private final JetStreamQuarantine quarantine;
    private final JetStreamJobs jobs;
    private final JetStreamModels models;
    private final NatsInference inference;

    private NatsFleet(Broker broker) {
        this.broker = broker;
        this.quarantine = new JetStreamQuarantine(broker);
        this.telemetry = new JetStreamTelemetry(broker);
        this.settings = new JetStreamSettings(broker);
        this.emergencyStop = new JetStreamEmergencyStop(broker);
        this.robots = new JetStreamRobotRegistry(broker);
        this.commands = new JetStreamCommands(broker, robots);
        this.jobs = new JetStreamJobs(JobBrokers.of(broker));
        this.models = new JetStreamModels(modelBroker(broker));
        this.inference = new NatsInference(broker);
    }

    private static ModelBroker modelBroker(Broker broker) {
        return new ModelBroker(
                broker.connection(),
                broker.jetStream(),
                broker.management(),
                broker.json(),
                broker.clock(),
                broker.options().requestTimeout(),
                broker.bucketName(FleetBucket.MODEL_REGISTRY));
    }

    /**
     * Connects. The broker must hold the topology: {@link #applyTopology}.
     *
     * @throws io.fleetsdk.UnavailableException if no server can be reached or the credentials are refused
     */
    public static NatsFleet connect(NatsOptions options) {
        return new NatsFleet(Broker.connect(options));
    }

    /**
     * Creates what the broker lacks of the options' topology, then connects: for tests and first starts. A backend in service
     * needs no right to create streams and uses {@link #connect}.
     *
     * @throws io.fleetsdk.UnavailableException if no server can be reached or it refuses
     */
    public static NatsFleet provision(NatsOptions options) {
        applyTopology(options);
        return connect(options);
    }

    /** Compares the options' topology with the broker and changes nothing. */
    public static TopologyPlan planTopology(NatsOptions options) {
        return withTopology(options, applier -> applier.plan(options.topology()));
    }

    /**
     * Creates what the options' topology declares and the broker lacks. What is there is left as it is, also where it differs;
     * nothing is ever deleted.
     *
     * @throws io.fleetsdk.UnavailableException if the broker refuses, naming what; what was created before stays
     */
    public static TopologyPlan applyTopology(NatsOptions options) {
        return withTopology(options, applier -> applier.apply(options.topology()));
    }

    private static TopologyPlan withTopology(NatsOptions options, Function<TopologyApplier, TopologyPlan> work) {
        try (Broker broker = Broker.connect(options)) {
            return work.apply(new TopologyApplier(broker.management()));
        }
    }

    @Override
    public RobotRegistry robots() {
        return robots;
    }

    @Override
    public TelemetryClient telemetry() {
        return telemetry;
    }

    @Override
    public SettingsClient settings() {
        return settings;
    }

    @Override
    public CommandClient commands() {
        return commands;
    }

    @Override
    public EmergencyStop emergencyStop() {
        return emergencyStop;
    }

    @Override
    public Quarantine quarantine() {
        return quarantine;
    }

    @Override
    public JobClient jobs() {
        return jobs;
    }

    @Override
    public ModelRegistry models() {
        return models;
    }

    @Override
    public InferenceClient inference() {
        return inference;
    }

    @Override
    public boolean isConnected() {
        return broker.isConnected();
    }

    @Override
    public void close() {
        jobs.close();
        robots.close();
        commands.close();
        broker.close();
    }
}
