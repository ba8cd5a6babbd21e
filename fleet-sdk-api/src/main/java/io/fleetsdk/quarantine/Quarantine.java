package io.fleetsdk.quarantine;

import io.fleetsdk.envelope.Malformation;
import java.util.List;
import java.util.Map;

/** The unreadable messages of the last 30 days. Thread-safe. */
public interface Quarantine {
    /** The newest, newest first. */
    List<QuarantinedMessage> newest(int limit);

    /** How many are kept, by reason. */
    Map<Malformation, Long> counts();
}
