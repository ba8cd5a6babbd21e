package io.fleetsdk.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Heartbeats and whole samples of the whole run. */
final class StatusVerification implements Verification {
    /** A backend calls the connection broken after twice the interval. */
    private static final int PATIENCE = 2;
    /** What network and machines may add. */
    private static final Duration GRACE = Duration.ofSeconds(1);
    /** A heartbeat this close to the begin or end of a command may say either. */
    private static final Duration SETTLED = Duration.ofMillis(500);

    @Override
    public Map<String, String> rules() {
        return new TreeMap<>(Map.of(
                "FP-STA-1", "the status members against status.schema.json",
                "FP-STA-2", "that the heartbeat has a timer of its own, which nothing else holds up",
                "FP-STA-5", "that activeCommand is set when a command begins and taken away when it ends",
                "FP-TEL-1", "the sample's members against telemetry.schema.json",
                "FP-TEL-3", "that samples are sent at all times, not only while the robot moves"));
    }

    /** Listens on until a heartbeat that is too slow cannot hide between two others. */
    @Override
    public void provoke(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        Duration enough = heartbeat(probe.recording().ofType("status"))
                .map(heartbeat -> limit(heartbeat).multipliedBy(2).plus(heartbeat))
                .orElse(probe.timeout());
        Duration missing = enough.minus(Duration.between(begin(probe), probe.now()));
        probe.recording().listen(missing.compareTo(probe.timeout()) < 0 ? missing : probe.timeout());
    }

    @Override
    public void judge(AgentProbe probe, Verdicts verdicts) {
        List<Heard> all = probe.recording().all();
        List<Heard> statuses = probe.recording().ofType("status");
        List<Heard> samples = all.stream().filter(Heard::isWholeSample).toList();
        ProfileVerification.judgePayloads(probe, verdicts, statuses, "FP-STA-1");
        ProfileVerification.judgePayloads(probe, verdicts, samples, "FP-TEL-1");
        judgeRates(probe, verdicts, statuses, samples);
        judgeActiveCommand(probe, verdicts, statuses);
    }

    private static void judgeRates(AgentProbe probe, Verdicts verdicts, List<Heard> statuses, List<Heard> samples) {
        if (statuses.isEmpty()) {
            verdicts.failed("FP-STA-2", "no status was heard during the whole run");
            verdicts.skipped("FP-TEL-3", "no status says how often");
            return;
        }
        Optional<Duration> heartbeat = heartbeat(statuses);
        if (heartbeat.isEmpty()) {
            verdicts.skipped("FP-STA-2", "heartbeatSeconds is missing: see FP-STA-1");
            verdicts.skipped("FP-TEL-3", "heartbeatSeconds is missing: see FP-STA-1");
            return;
        }
        Duration limit = limit(heartbeat.get());
        Instant from = begin(probe);
        if (Duration.between(from, probe.now()).compareTo(limit) < 0) {
            String reason =
                    "the run was too short for a heartbeat of " + text(heartbeat.get()) + ": give a longer --timeout";
            verdicts.skipped("FP-STA-2", reason);
            verdicts.skipped("FP-TEL-3", reason);
            return;
        }
        judgeGaps(verdicts, "FP-STA-2", "status", gaps(from, statuses, probe.now()), limit);
        judgeGaps(verdicts, "FP-TEL-3", "whole sample", gaps(from, samples, probe.now()), limit);
    }

    private static void judgeGaps(Verdicts verdicts, String ruleId, String what, List<Duration> gaps, Duration limit) {
        verdicts.judged(
                ruleId,
                gaps.stream()
                        .filter(gap -> gap.compareTo(limit) > 0)
                        .map(gap -> "no " + what + " for " + text(gap) + ", " + text(limit) + " is the limit")
                        .toList());
    }

    private static List<Duration> gaps(Instant from, List<Heard> messages, Instant to) {
        List<Duration> gaps = new ArrayList<>();
        Instant last = from;
        for (Heard message : messages) {
            gaps.add(Duration.between(last, message.at()));
            last = message.at();
        }
        gaps.add(Duration.between(last, to));
        return gaps;
    }

    private static Instant begin(AgentProbe probe) {
        return probe.recording().all().get(0).at();
    }

    private static Duration limit(Duration heartbeat) {
        return heartbeat.multipliedBy(PATIENCE).plus(GRACE);
    }

    private static Optional<Duration> heartbeat(List<Heard> statuses) {
        return statuses.stream()
                .map(status -> status.payload().path("heartbeatSeconds"))
                .filter(seconds -> seconds.isNumber() && seconds.asDouble() > 0)
                .map(seconds -> Duration.ofNanos((long) (seconds.asDouble() * 1e9)))
                .findFirst();
    }

    private static void judgeActiveCommand(AgentProbe probe, Verdicts verdicts, List<Heard> statuses) {
        List<String> faults = new ArrayList<>();
        int seen = 0;
        for (CommandExchange exchange : probe.exchanges()) {
            Optional<Instant> begun = first(exchange, ack -> ack.state().equals("RUNNING"));
            Optional<Instant> ended = first(exchange, Ack::isEnd);
            for (Heard status : statuses) {
                boolean named = status.word("activeCommand").equals(exchange.id());
                boolean during = begun.isPresent()
                        && ended.isPresent()
                        && status.at().isAfter(begun.get().plus(SETTLED))
                        && status.at().isBefore(ended.get().minus(SETTLED));
                boolean after =
                        ended.isPresent() && status.at().isAfter(ended.get().plus(SETTLED));
                seen += during || after ? 1 : 0;
                if (during && !named) {
                    faults.add(
                            "activeCommand is missing or another while " + exchange.id() + " is RUNNING, in " + status);
                } else if (after && named) {
                    faults.add("activeCommand still names " + exchange.id() + ", which has ended, in " + status);
                }
            }
        }
        if (seen == 0) {
            verdicts.skipped("FP-STA-5", "no status was heard while a command ran or after it ended");
        } else {
            verdicts.judged("FP-STA-5", faults);
        }
    }

    private static Optional<Instant> first(CommandExchange exchange, Predicate<Ack> wanted) {
        return exchange.firstAcks().stream()
                .filter(wanted)
                .map(ack -> ack.heard().at())
                .findFirst();
    }

    private static String text(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
