package io.fleetsdk.benchmarks;

import io.fleetsdk.nats.EnvelopeCodec;
import io.fleetsdk.nats.JacksonCodec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Round trips one after the other, the kinds in turn. */
final class CommandTrips {
    private static final String THERE_AND_BACK = "raw: stored, read, answered; the answer stored and read";

    private final Testbed testbed;
    private final Effort effort;

    CommandTrips(Testbed testbed, Effort effort) {
        this.testbed = testbed;
        this.effort = effort;
    }

    Section measure() throws Exception {
        byte[] body = new EnvelopeCodec(new JacksonCodec()).encode(TypicalMessages.command());
        Map<String, Trip> trips = trips(body);
        for (int i = 0; i < effort.warmUps(); i++) {
            turn(trips, new LinkedHashMap<>());
        }
        Map<String, Latencies> taken = new LinkedHashMap<>();
        for (int round = 0; round < effort.rounds(); round++) {
            turn(trips, taken);
        }
        return section(taken, body.length);
    }

    private Map<String, Trip> trips(byte[] body) throws Exception {
        RawTrips raw = new RawTrips(testbed, body);
        SdkTrips sdk = new SdkTrips(testbed);
        Map<String, Trip> trips = new LinkedHashMap<>();
        trips.put("raw: request and reply, nothing stored", raw.requestAndReply());
        trips.put("raw: publish, stored and confirmed", raw.storedPublish());
        trips.put(THERE_AND_BACK, raw.storedThereAndBack());
        trips.put("SDK: `CommandClient.send` → `RobotLink` → COMPLETED", sdk.throughALink());
        trips.put("SDK: `CommandClient.send` → `RobotAgent` with journal → COMPLETED", sdk.throughAnAgent());
        return trips;
    }

    private void turn(Map<String, Trip> trips, Map<String, Latencies> taken) throws Exception {
        for (Map.Entry<String, Trip> kind : trips.entrySet()) {
            Latencies latencies = taken.computeIfAbsent(kind.getKey(), name -> new Latencies());
            for (int i = 0; i < effort.trips(); i++) {
                long begin = System.nanoTime();
                kind.getValue().run();
                latencies.add(System.nanoTime() - begin);
            }
        }
    }

    private Section section(Map<String, Latencies> taken, int bytes) {
        Section section = new Section(
                "Commands",
                effort.rounds() * effort.trips() + " round trips of each kind, one after the other, in "
                        + effort.rounds() + " turns after " + effort.warmUps() + " to warm up. Bodies of " + bytes
                        + " bytes.",
                "round trip",
                "p50 ms",
                "p99 ms",
                "p50 beside stored there and back");
        Latencies least = taken.getOrDefault(THERE_AND_BACK, new Latencies());
        taken.forEach((kind, latencies) -> section.row(
                kind,
                Section.millis(latencies.median()),
                Section.millis(latencies.percentile(99)),
                Section.times(latencies.median(), least.median())));
        return section;
    }
}
