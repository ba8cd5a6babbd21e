package io.fleetsdk.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several ways to do something, some of this and some of that in turn; of each the median turn counts. */
final class Turns {
    private final Map<String, Way> ways = new LinkedHashMap<>();

    /** A stretch of work on so many things. */
    interface Work {
        /**
         * @return how long it took, in ns
         */
        long run(int count) throws Exception;
    }

    /** Something of which only the whole is timed. */
    interface Untimed {
        void run(int count) throws Exception;
    }

    private record Way(int count, Work work, Latencies taken) {
        double perSecond() {
            return count * 1e9 / taken.median();
        }
    }

    Turns way(String name, int count, Work work) {
        ways.put(name, new Way(count, work, new Latencies()));
        return this;
    }

    static Work timed(Untimed work) {
        return count -> {
            long begin = System.nanoTime();
            work.run(count);
            return System.nanoTime() - begin;
        };
    }

    /** How many of each in a second. */
    Map<String, Double> rates(int warmUps, int rounds) throws Exception {
        List<Way> all = new ArrayList<>(ways.values());
        for (int i = 0; i < warmUps; i++) {
            for (Way way : all) {
                way.work().run(way.count() / 4);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Way way : all) {
                way.taken().add(way.work().run(way.count()));
            }
        }
        Map<String, Double> rates = new LinkedHashMap<>();
        ways.forEach((name, way) -> rates.put(name, way.perSecond()));
        return rates;
    }
}
