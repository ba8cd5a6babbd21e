package io.fleetsdk.nats;

import io.fleetsdk.InvalidInputException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/** The one text form the protocol has for a time and for an id; the platform's own parsers take several. */
final class WireForms {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern INSTANT_FORM =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?Z");

    private WireForms() {}

    static UUID uuid(String field, String text) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw new InvalidInputException(field, text, "must be a UUID");
        }
        return UUID.fromString(text);
    }

    static Instant instant(String field, String text) {
        try {
            if (INSTANT_FORM.matcher(text).matches()) {
                return Instant.parse(text);
            }
        } catch (DateTimeException e) {
            throw new InvalidInputException(field, text, "must be a date of the calendar");
        }
        throw new InvalidInputException(field, text, "must be an RFC 3339 time in UTC with the suffix Z");
    }
}
