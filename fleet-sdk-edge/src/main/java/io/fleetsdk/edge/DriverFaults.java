package io.fleetsdk.edge;

import io.fleetsdk.robot.RobotError;
import io.fleetsdk.robot.RobotError.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a driver so that what it throws hurts only that call. A fault is part of every heartbeat until the same call succeeds,
 * and is logged when it appears and when it is gone, not ten times a second. Thread-safe.
 */
final class DriverFaults {
    private static final Logger log = LoggerFactory.getLogger(DriverFaults.class);
    private static final int SHOWN_CHARACTERS = 1000;

    private final Map<String, RobotError> faults = new ConcurrentSkipListMap<>();

    /**
     * @param what which call, as part of the error's type
     * @return what the driver answered; empty if it threw
     */
    <T> Optional<T> call(String what, Severity severity, Supplier<T> call) {
        try {
            T answer = call.get();
            gone(what);
            return Optional.of(answer);
        } catch (RuntimeException | Error e) { // a vendor's missing class must not end the agent
            appeared(what, severity, e);
            return Optional.empty();
        }
    }

    /** As {@link #call} for a call without an answer; says whether it succeeded. */
    boolean run(String what, Severity severity, Runnable call) {
        return call(what, severity, () -> {
                    call.run();
                    return what;
                })
                .isPresent();
    }

    List<RobotError> errors() {
        return List.copyOf(faults.values());
    }

    private void appeared(String what, Severity severity, Throwable e) {
        String text = e.toString();
        String shown = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) : text;
        RobotError fault = new RobotError("driver_" + what, severity, shown, Optional.empty());
        if (!fault.equals(faults.put(what, fault))) {
            log.error("the driver failed at {}", what, e);
        }
    }

    private void gone(String what) {
        if (faults.remove(what) != null) {
            log.info("the driver succeeds at {} again", what);
        }
    }
}
