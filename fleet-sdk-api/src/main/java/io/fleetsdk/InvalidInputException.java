package io.fleetsdk;

import java.util.List;
import java.util.stream.Collectors;

/** The input breaks rules; {@link #faults()} lists every one found, not just the first. Nothing was applied. */
public final class InvalidInputException extends FleetException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public InvalidInputException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")), null);
        this.faults = List.copyOf(faults);
    }

    public InvalidInputException(String field, Object value, String rule) {
        this(List.of(Fault.of(field, value, rule)));
    }

    /** At least one fault, in the order in which they were found. */
    public List<Fault> faults() {
        return faults;
    }
}
