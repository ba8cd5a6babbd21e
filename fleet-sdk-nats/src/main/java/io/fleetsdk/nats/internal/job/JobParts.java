package io.fleetsdk.nats.internal.job;

/** The parts of this package, made once for all queues of a connection; later ones are made of earlier ones. */
final class JobParts implements AutoCloseable {
    private final JobBroker broker;
    private final QueueStreams streams;
    private final QueueLanes lanes;
    private final JobMessages messages;
    private final JobRecords records;
    private final ResultObjects results = new ResultObjects();
    private final JobPlaces places = new JobPlaces();
    private final JobSignals signals;
    private final JobCounters counters;
    private final ControlKeys keys;
    private final QueueSettings settings;
    private final BrokerTime time;
    private final QueuePause pause;
    private final JobHandles handles = new JobHandles();
    private final DeadLetterBox deadLetters;
    private final JobFlows flows = new JobFlows();
    private final JobEndings endings;
    private final JobSubmitter submitter = new JobSubmitter();
    private final JobSnapshots snapshots = new JobSnapshots();
    private final JobCancellation cancellation = new JobCancellation();
    private final WorkerDirectory directory;
    private final JobLog log = new JobLog();

    JobParts(JobBroker broker) {
        this.broker = broker;
        this.streams = new QueueStreams(broker);
        this.keys = new ControlKeys(broker);
        this.settings = new QueueSettings(keys);
        this.time = new BrokerTime(broker);
        this.pause = new QueuePause(broker, settings, time);
        this.lanes = new QueueLanes(broker, streams, pause);
        this.messages = new JobMessages(broker.codec());
        this.records = new JobRecords(broker, new RecordCommits(broker));
        this.signals = new JobSignals(broker);
        this.counters = new JobCounters(broker);
        this.directory = new WorkerDirectory(keys);
        this.deadLetters = new DeadLetterBox(broker);
        this.endings = new JobEndings(
                broker,
                (queue, key, ended) -> {
                    throw new UnsupportedOperationException();
                },
                flows);
    }

    JobBroker broker() {
        return broker;
    }

    QueueStreams streams() {
        return streams;
    }

    QueueLanes lanes() {
        return lanes;
    }

    JobMessages messages() {
        return messages;
    }

    JobRecords records() {
        return records;
    }

    ResultObjects results() {
        return results;
    }

    JobPlaces places() {
        return places;
    }

    JobSignals signals() {
        return signals;
    }

    JobCounters counters() {
        return counters;
    }

    ControlKeys keys() {
        return keys;
    }

    QueueSettings settings() {
        return settings;
    }

    BrokerTime time() {
        return time;
    }

    QueuePause pause() {
        return pause;
    }

    JobHandles handles() {
        return handles;
    }

    DeadLetterBox deadLetters() {
        return deadLetters;
    }

    JobFlows flows() {
        return flows;
    }

    JobEndings endings() {
        return endings;
    }

    JobSubmitter submitter() {
        return submitter;
    }

    JobSnapshots snapshots() {
        return snapshots;
    }

    JobCancellation cancellation() {
        return cancellation;
    }

    WorkerDirectory directory() {
        return directory;
    }

    JobLog log() {
        return log;
    }

    @Override
    public void close() {
        handles.close();
        endings.close();
        log.close();
        counters.close();
    }
}
