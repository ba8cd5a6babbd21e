package io.fleetsdk.server.rest;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.robot.RobotId;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what stands beside the body: path, query and If-Match. What breaks a rule is refused with its name. */
final class RequestQuery {
    private static final Pattern REVISION = Pattern.compile("\"(\\d{1,18})\"");

    private RequestQuery() {}

    static RobotId robotId(Context ctx) {
        return RobotId.of(ctx.pathParam("robotId"));
    }

    static UUID commandId(Context ctx) {
        String text = ctx.pathParam("commandId");
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("commandId", text, "must be a UUID");
        }
    }

    static JobRef job(Context ctx) {
        return new JobRef(ctx.pathParam("queue"), JobId.of(ctx.pathParam("jobId")));
    }

    /** Every value of a repeatable parameter that must be a constant's name. */
    static <E extends Enum<E>> Set<E> words(Context ctx, String name, Class<E> type) {
        return ctx.queryParams(name).stream()
                .map(text -> word(name, text, type))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static <E extends Enum<E>> E word(String name, String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        name, text, "must be one of " + Arrays.toString(type.getEnumConstants())));
    }

    /** The query parameter {@code limit}: from 1 to most. */
    static int limit(Context ctx, int usual, int most) {
        Optional<String> text = parameter(ctx, "limit");
        if (text.isEmpty()) {
            return usual;
        }
        String rule = "must be a whole number from 1 to " + most;
        try {
            int number = Integer.parseInt(text.get());
            if (number < 1 || number > most) {
                throw new InvalidInputException("limit", text.get(), rule);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new InvalidInputException("limit", text.get(), rule);
        }
    }

    static Optional<Instant> instant(Context ctx, String name) {
        return parameter(ctx, name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new InvalidInputException(name, text, "must be a time such as 2026-01-31T12:00:00.000Z");
            }
        });
    }

    static Optional<String> parameter(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name));
    }

    /** The revision a change builds on; empty where the caller names none or any ({@code *}). */
    static OptionalLong ifMatch(Context ctx) {
        String header = ctx.header(Header.IF_MATCH);
        if (header == null || header.strip().equals("*")) {
            return OptionalLong.empty();
        }
        Matcher revision = REVISION.matcher(header.strip());
        if (!revision.matches()) {
            throw new InvalidInputException("If-Match", header, "must be one revision in quotes, such as \"7\", or *");
        }
        return OptionalLong.of(Long.parseLong(revision.group(1)));
    }
}
