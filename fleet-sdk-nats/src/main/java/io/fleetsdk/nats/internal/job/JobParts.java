package io.fleetsdk.nats.internal.job;

/** The parts of this package, made once for all queues of a connection; later ones are made of earlier ones. */
final class JobParts implements AutoCloseable {
    private final JobBroker broker;
    private final QueueStreams streams;
    private final QueueLanes lanes;
    private final MemoryQueues memoryQueues;
    private final JobMessages messages;
    private final JobRecords records;
    private final ResultObjects results;
    private final JobPlaces places;
    private final JobSignals signals;
    private final JobCounters counters;
    private final ControlKeys keys;
    private final QueueSettings settings;
    private final BrokerTime time;
    private final QueuePause pause;
    private final JobHandles handles;
    private final DeadLetterBox deadLetters;
    private final JobFlows flows;
    private final JobEndings endings;
    private final JobKeys jobKeys;
    private final JobSubmitter submitter;
    private final JobSnapshots snapshots;
    private final JobCancellation cancellation;
    private final WorkerDirectory directory;
    private final JobLog log;

    JobParts(JobBroker broker) {
        this.broker = broker;
        this.streams = new QueueStreams(broker);
        this.keys = new ControlKeys(broker);
        this.settings = new QueueSettings(keys);
        this.time = new BrokerTime(broker);
        this.pause = new QueuePause(broker, settings, time);
        this.signals = new JobSignals(broker);
        this.lanes = new QueueLanes(broker, streams, pause, signals);
        this.memoryQueues = new MemoryQueues(broker, streams, lanes);
        this.messages = new JobMessages(broker.codec());
        FastBatch fast = new FastBatch(broker);
        StoredRecords announced = new StoredRecords(broker);
        RecordCommits commits = new RecordCommits(broker, announced);
        this.records = new JobRecords(
                broker, commits, new LastRecords(commits, new QuickerBatch(fast, new AtomicBatch(broker)), announced));
        this.counters = new JobCounters(broker);
        this.directory = new WorkerDirectory(keys);
        this.deadLetters = new DeadLetterBox(broker);
        this.results = new ResultObjects(broker);
        JobPublisher publisher = new JobPublisher(broker);
        this.places = new JobPlaces(broker, streams, lanes, messages, publisher);
        EarlyEnds earlyEnds = new EarlyEnds(
                records, places, broker.clock(), (ref, ended) -> endings().settle(ref, ended));
        this.snapshots = new JobSnapshots(broker.codec(), streams, records, places, results, earlyEnds);
        this.cancellation = new JobCancellation(records, earlyEnds, signals);
        this.handles = new JobHandles(
                snapshots,
                new JobOutcomes(broker.codec(), results),
                new AwaitedJobs(broker, records, places, earlyEnds),
                cancellation);
        JobIntake intake = new JobIntake(lanes, messages, publisher, places, records, counters);
        this.jobKeys = new JobKeys(broker, keys, intake, places, records, earlyEnds);
        this.submitter = new JobSubmitter(broker, intake, new JobBulk(broker, fast, intake), jobKeys, handles);
        FlowChildren children = new FlowChildren(broker, records, places, results);
        this.flows = new JobFlows(
                new FlowDrafts(broker, streams, messages),
                intake,
                handles,
                new FlowParents(broker, streams, messages, records, places, children, deadLetters, counters),
                children);
        this.endings = new JobEndings(broker, jobKeys::released, flows);
        this.log = new JobLog(broker, streams, messages, records);
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

    MemoryQueues memoryQueues() {
        return memoryQueues;
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

    JobKeys jobKeys() {
        return jobKeys;
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
        memoryQueues.close();
        handles.close();
        endings.close();
        log.close();
        counters.close();
    }
}
