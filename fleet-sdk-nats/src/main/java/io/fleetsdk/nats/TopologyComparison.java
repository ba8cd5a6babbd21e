package io.fleetsdk.nats;

import io.fleetsdk.nats.TopologyPlan.Difference;
import io.nats.client.api.StreamConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields in which a declared stream and the broker's may differ. */
final class TopologyComparison {
    private record Field(String name, Function<StreamConfiguration, @Nullable Object> value) {}

    private static final List<Field> FIELDS = List.of(
            new Field(
                    "subjects", config -> config.getSubjects().stream().sorted().toList()),
            new Field("retention", StreamConfiguration::getRetentionPolicy),
            new Field("storage", StreamConfiguration::getStorageType),
            new Field("replicas", StreamConfiguration::getReplicas),
            new Field("discard", StreamConfiguration::getDiscardPolicy),
            new Field("maxAge", StreamConfiguration::getMaxAge),
            new Field("maxBytes", StreamConfiguration::getMaxBytes),
            new Field("maxPerSubject", StreamConfiguration::getMaxMsgsPerSubject),
            new Field("maxMessageBytes", StreamConfiguration::getMaximumMessageSize),
            new Field("duplicateWindow", StreamConfiguration::getDuplicateWindow),
            new Field("messageTtl", StreamConfiguration::getAllowMessageTtl),
            new Field("schedules", StreamConfiguration::getAllowMsgSchedules),
            new Field("atomicPublish", StreamConfiguration::getAllowAtomicPublish),
            new Field("fastBatches", StreamConfiguration::getAllowBatched),
            new Field("counters", StreamConfiguration::getAllowMessageCounter),
            new Field(
                    "subjectTransform",
                    config -> Optional.ofNullable(config.getSubjectTransform())
                            .map(transform -> transform.getSource() + " -> " + transform.getDestination())
                            .orElse("none")));

    private TopologyComparison() {}

    static List<Difference> differences(StreamConfiguration declared, StreamConfiguration actual) {
        List<Difference> found = new ArrayList<>();
        for (Field field : FIELDS) {
            Object want = field.value().apply(declared);
            Object have = field.value().apply(actual);
            if (!Objects.equals(want, have)) {
                found.add(new Difference(field.name(), String.valueOf(want), String.valueOf(have)));
            }
        }
        return found;
    }
}
