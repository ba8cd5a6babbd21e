package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.protocol.JobSubjects;
import io.fleetsdk.protocol.JobSubjects.Lane;
import io.fleetsdk.protocol.JobSubjects.Ready;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads jobs as messages: the body is the input and nothing else, all the rest stands in the headers, so that a job can
 * be submitted with any NATS client by publishing JSON with a {@code Fleet-Type}.
 */
final class JobMessages {
    private static final String OURS = "Fleet-";
    private static final String BROKERS = "Nats-";

    static final String TYPE = "Fleet-Type";
    static final String SUBMITTED = "Fleet-Submitted";
    static final String TERMS = "Fleet-Terms";
    static final String ATTEMPTS = "Fleet-Attempts";
    static final String RECORDED = "Fleet-Recorded";
    /** The subject at which a delayed or held job will be ready. */
    static final String READY = "Fleet-Ready";

    private final JsonCodec codec;

    JobMessages(JsonCodec codec) {
        this.codec = codec;
    }

    /** The headers of the job's message, in whatever place of the stream. */
    Headers headers(JobMessage job) {
        Headers headers = new Headers();
        job.foreign().forEach(headers::put);
        headers.put(TYPE, job.type())
                .put(SUBMITTED, Long.toString(job.submittedAt().toEpochMilli()));
        if (!job.terms().isNone()) {
            headers.put(TERMS, ascii(codec.encode(job.terms())));
        }
        if (job.attemptsMade() > 0) {
            headers.put(ATTEMPTS, Integer.toString(job.attemptsMade()));
        }
        if (job.recorded()) {
            headers.put(RECORDED, "1");
        }
        return headers;
    }

    /** The job in its lane. */
    NatsMessage ready(JobMessage job) {
        return message(job.lane().job(job.ref().id()), headers(job), job);
    }

    /** The job as a schedule that puts it into its lane at this time. */
    NatsMessage delayed(JobMessage job, Instant at) {
        Headers headers = headersAside(job)
                .put(NatsJetStreamConstants.NATS_SCHEDULE_HDR, "@at " + at.truncatedTo(ChronoUnit.MILLIS))
                .put(
                        NatsJetStreamConstants.NATS_SCHEDULE_TARGET_HDR,
                        job.lane().job(job.ref().id()));
        return message(JobSubjects.delayed(job.ref()), headers, job);
    }

    /** The job put aside. */
    NatsMessage held(JobMessage job) {
        return message(JobSubjects.held(job.ref()), headersAside(job), job);
    }

    private Headers headersAside(JobMessage job) {
        return headers(job).put(READY, job.lane().job(job.ref().id()));
    }

    private static NatsMessage message(String subject, Headers headers, JobMessage job) {
        return NatsMessage.builder()
                .subject(subject)
                .headers(headers)
                .data(job.input())
                .build();
    }

    /**
     * Reads a ready job.
     *
     * @param storedAt when the broker stored it, for messages that do not say when they were submitted
     * @throws InvalidInputException if headers are missing or wrong; the input is not looked at
     */
    JobMessage read(String subject, @Nullable Headers headers, byte[] body, Instant storedAt) {
        Ready ready = JobSubjects.ready(subject);
        return read(ready.lane(), ready.ref(), headers, body, storedAt);
    }

    /**
     * Reads a delayed or held job, whose header says where it will be ready.
     *
     * @throws InvalidInputException if headers are missing or wrong
     */
    JobMessage readAside(@Nullable Headers headers, byte[] body, Instant storedAt) {
        String subject = Require.present(READY, headers == null ? null : headers.getFirst(READY));
        return read(subject, headers, body, storedAt);
    }

    private JobMessage read(Lane lane, JobRef ref, @Nullable Headers headers, byte[] body, Instant storedAt) {
        Found found = new Found();
        if (headers != null) {
            headers.forEach(found::take);
        }
        return new JobMessage(
                ref,
                lane,
                Require.token(TYPE, found.type),
                found.submitted == null ? storedAt : time(found.submitted),
                found.terms == null ? JobTerms.none() : terms(found.terms),
                found.attempts == null ? 0 : number(ATTEMPTS, found.attempts),
                found.recorded,
                found.foreign,
                body);
    }

    /** What the headers of a message say, gone through once. */
    private static final class Found {
        private @Nullable String type;
        private @Nullable String submitted;
        private @Nullable String terms;
        private @Nullable String attempts;
        private boolean recorded;
        private Map<String, List<String>> foreign = Map.of();

        void take(String name, List<String> values) {
            switch (name) {
                case TYPE -> type = values.get(0);
                case SUBMITTED -> submitted = values.get(0);
                case TERMS -> terms = values.get(0);
                case ATTEMPTS -> attempts = values.get(0);
                case RECORDED -> recorded = true;
                default -> takeOther(name, values);
            }
        }

        private void takeOther(String name, List<String> values) {
            if (!name.startsWith(OURS) && !name.startsWith(BROKERS)) {
                foreign = foreign.isEmpty() ? new TreeMap<>() : foreign;
                foreign.put(name, List.copyOf(values));
            }
        }
    }

    private JobTerms terms(String json) {
        return codec.decode(json.getBytes(StandardCharsets.UTF_8), JobTerms.class);
    }

    private static Instant time(String text) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new InvalidInputException(SUBMITTED, text, "must be milliseconds since 1970");
        }
    }

    private static int number(String field, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(field, text, "must be a whole number");
        }
    }

    /** Headers carry ASCII only: other characters of the JSON are escaped. */
    static String ascii(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                escaped.append(c);
            } else {
                escaped.append("\\u").append(String.format("%04x", (int) c));
            }
        }
        return escaped.toString();
    }
}
