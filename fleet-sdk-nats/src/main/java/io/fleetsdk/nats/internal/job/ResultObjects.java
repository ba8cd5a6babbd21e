package io.fleetsdk.nats.internal.job;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobRef;
import io.nats.client.ObjectStore;
import java.io.ByteArrayOutputStream;

/** Results too large for a record, in the object store JOB_RESULTS, which keeps them as long as the records. */
final class ResultObjects {
    /** JSON larger than this goes to the object store. */
    static final int LARGEST_IN_RECORD = 64 * 1024;

    private final JobBroker broker;

    ResultObjects(JobBroker broker) {
        this.broker = broker;
    }

    /** Stores a result and says under which name. */
    String put(JobRef ref, int attempt, byte[] json) {
        String name = ref.queue() + "." + ref.id() + "." + attempt;
        broker.call("store the result of job " + ref, () -> store().put(name, json));
        return name;
    }

    /**
     * @throws NotFoundException if it is no longer kept
     */
    byte[] get(String name) {
        return broker.call("read result " + name, () -> {
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            try {
                store().get(name, json);
            } catch (IllegalArgumentException e) {
                // What jnats throws for an object that is not there.
                throw new NotFoundException("result " + name + " is no longer kept");
            }
            return json.toByteArray();
        });
    }

    private ObjectStore store() {
        return broker.resultObjects();
    }
}
