package io.fleetsdk.benchmarks;

import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobType;
import io.fleetsdk.nats.JacksonCodec;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The jobs that are measured: the same JSON that BullMQ gets beside them, and the same small result. */
final class TypicalJobs {
    static final int BYTES = 300;
    static final JobType<Episode, Done> INSPECT = JobType.of("inspect", Episode.class, Done.class);
    static final Done DONE = new Done(true);

    private static final int BYTES_WITHOUT_FRAMES = 51;
    private static final List<Integer> FRAMES = IntStream.range(0, (BYTES - BYTES_WITHOUT_FRAMES) / 5)
            .mapToObj(i -> 1_000 + i)
            .toList();

    private TypicalJobs() {}

    /** What is to be done: frames of a robot's log to look at. */
    record Episode(String robot, String episode, List<Integer> frames) {
        int number() {
            return Integer.parseInt(episode.substring(episode.indexOf('-') + 1));
        }
    }

    record Done(boolean done) {}

    static Episode episode(int number) {
        return new Episode("RB-001", String.format(Locale.ROOT, "ep-%06d", number), FRAMES);
    }

    static List<JobRequest<Episode>> requests(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> JobRequest.of(episode(number)))
                .toList();
    }

    static byte[] body() {
        return new JacksonCodec().encode(episode(1));
    }
}
