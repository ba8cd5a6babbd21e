package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.InvalidInputException;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line. */
final class SpanConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Spans.read(text);
        } catch (InvalidInputException e) {
            throw new TypeConversionException(
                    "'" + text + "' " + e.faults().get(0).rule());
        }
    }
}
