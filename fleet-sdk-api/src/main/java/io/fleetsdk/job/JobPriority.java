package io.fleetsdk.job;

/** How urgent, most urgent first. Where every lane has work, of 15 jobs 8, 4, 2 and 1 are taken: none starves. */
public enum JobPriority {
    CRITICAL(8),
    HIGH(4),
    NORMAL(2),
    LOW(1);

    private final int weight;

    JobPriority(int weight) {
        this.weight = weight;
    }

    /** Jobs taken of this lane in a round of 15. */
    public int weight() {
        return weight;
    }
}
