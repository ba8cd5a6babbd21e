package io.fleetsdk.benchmarks;

/**
 * How much of jobs to measure.
 *
 * @param warmUps turns of a quarter that are not counted
 * @param rounds in how many turns each thing is measured beside the others
 * @param shortWarmUps the same of what takes no more than a second or two
 * @param shortRounds in how many turns that is measured
 * @param singles jobs submitted one by one in each turn
 * @param bulk jobs submitted in calls of 1,000 in each turn
 * @param jobs worked off in each turn
 * @param paced jobs whose start is timed in each turn
 * @param backlog waiting jobs that must not slow the others down
 * @param handles waiting handles in memory
 * @param cancels jobs cancelled
 * @param beside jobs of a run of BullMQ; 0 for no such run
 */
record JobEffort(
        int warmUps,
        int rounds,
        int shortWarmUps,
        int shortRounds,
        int singles,
        int bulk,
        int jobs,
        int paced,
        int backlog,
        int handles,
        int cancels,
        int beside) {
    /** Some two minutes in all. */
    static JobEffort full() {
        return new JobEffort(1, 3, 5, 5, 4_000, 30_000, 100_000, 200, 100_000, 50_000, 160, 20_000);
    }

    /** To see that it runs; the numbers mean nothing. */
    static JobEffort quick() {
        return new JobEffort(0, 1, 0, 1, 32, 1_000, 500, 10, 200, 200, 16, 0);
    }

    /** How the numbers came about, for the reader of the report. */
    String turns() {
        return turns(rounds, warmUps);
    }

    String shortTurns() {
        return turns(shortRounds, shortWarmUps);
    }

    private static String turns(int counted, int before) {
        return "the median of " + counted + " turns after " + before + " to warm up";
    }

    /** Less where each stored message is forced to the disk, so that it takes about as long. */
    static int quarter(int count, Sync sync) {
        return sync == Sync.ALWAYS ? count / 4 : count;
    }

    static int half(int count, Sync sync) {
        return sync == Sync.ALWAYS ? count / 2 : count;
    }
}
