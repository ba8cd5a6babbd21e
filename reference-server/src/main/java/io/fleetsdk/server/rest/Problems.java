package io.fleetsdk.server.rest;

import io.fleetsdk.ConflictException;
import io.fleetsdk.Fault;
import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.model.UntrustedModelException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.MethodNotAllowedResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every failure as RFC 9457 does. The SDK sorts failures by what a caller does next; this gives each its status. */
public final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String RETRY_AFTER_SECONDS = "2";

    private static final String FAILED = "the server failed; its log says more";

    private final JsonCodec codec;

    public Problems(JsonCodec codec) {
        this.codec = codec;
    }

    public void install(RoutesConfig routes) {
        routes.exception(InvalidInputException.class, this::invalid);
        routes.exception(ConflictException.class, this::conflict);
        routes.exception(
                UntrustedModelException.class, (e, ctx) -> tell(ctx, HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage()));
        routes.exception(NotFoundException.class, (e, ctx) -> tell(ctx, HttpStatus.NOT_FOUND, e.getMessage()));
        routes.exception(UnavailableException.class, (e, ctx) -> {
            ctx.header(Header.RETRY_AFTER, RETRY_AFTER_SECONDS);
            tell(ctx, HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
        });
        routes.exception(
                UnknownOutcomeException.class, (e, ctx) -> tell(ctx, HttpStatus.GATEWAY_TIMEOUT, e.getMessage()));
        routes.exception(MethodNotAllowedResponse.class, this::wrongMethod);
        routes.exception(HttpResponseException.class, this::response);
        routes.exception(Exception.class, this::unexpected);
    }

    private void invalid(InvalidInputException e, Context ctx) {
        write(ctx, HttpStatus.BAD_REQUEST, e.getMessage(), Optional.of(e.faults()), OptionalLong.empty());
    }

    /** A caller that named a revision is told that its precondition failed. */
    private void conflict(ConflictException e, Context ctx) {
        boolean guarded = ctx.header(Header.IF_MATCH) != null;
        OptionalLong revision =
                e.currentRevision() > 0 || guarded ? OptionalLong.of(e.currentRevision()) : OptionalLong.empty();
        HttpStatus status = guarded ? HttpStatus.PRECONDITION_FAILED : HttpStatus.CONFLICT;
        write(ctx, status, e.getMessage(), Optional.empty(), revision);
    }

    /** The same words for a failure that is one of several in an answer. */
    static ProblemDto of(FleetException e, String path) {
        HttpStatus status = statusOf(e);
        Optional<List<Fault>> faults =
                e instanceof InvalidInputException invalid ? Optional.of(invalid.faults()) : Optional.empty();
        return problem(
                status.getCode(),
                status.getMessage(),
                String.valueOf(e.getMessage()),
                path,
                faults,
                OptionalLong.empty());
    }

    private static HttpStatus statusOf(FleetException e) {
        if (e instanceof InvalidInputException) {
            return HttpStatus.BAD_REQUEST;
        }
        if (e instanceof ConflictException) {
            return HttpStatus.CONFLICT;
        }
        if (e instanceof UnavailableException) {
            return HttpStatus.SERVICE_UNAVAILABLE;
        }
        return e instanceof UnknownOutcomeException ? HttpStatus.GATEWAY_TIMEOUT : HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private void response(HttpResponseException e, Context ctx) {
        tell(ctx, HttpStatus.forStatus(e.getStatus()), e.getMessage());
    }

    private void wrongMethod(MethodNotAllowedResponse e, Context ctx) {
        String allowed = String.join(", ", e.getDetails().values());
        ctx.header(Header.ALLOW, allowed);
        tell(ctx, HttpStatus.METHOD_NOT_ALLOWED, ctx.method() + " is not allowed here, only " + allowed);
    }

    private void unexpected(Exception e, Context ctx) {
        log.error("{} {} failed", ctx.method(), ctx.req().getRequestURI(), e);
        tell(ctx, HttpStatus.INTERNAL_SERVER_ERROR, FAILED);
    }

    /** For errors of the JVM itself, such as exhausted memory. */
    public void fatal(HttpServletResponse response, Error error) {
        log.error("a request failed", error);
        ProblemDto problem = problem(500, "Internal Server Error", FAILED, "", Optional.empty(), OptionalLong.empty());
        try {
            response.setContentType(MEDIA_TYPE);
            response.getOutputStream().write(codec.encode(problem));
        } catch (IOException e) {
            log.debug("the caller has gone", e);
        }
    }

    private void tell(Context ctx, HttpStatus status, @Nullable String detail) {
        write(ctx, status, detail, Optional.empty(), OptionalLong.empty());
    }

    private void write(
            Context ctx,
            HttpStatus status,
            @Nullable String detail,
            Optional<List<Fault>> faults,
            OptionalLong currentRevision) {
        String path = ctx.req().getRequestURI();
        ctx.status(status)
                .result(codec.encode(problem(
                        status.getCode(),
                        status.getMessage(),
                        Objects.requireNonNullElse(detail, status.getMessage()),
                        path,
                        faults,
                        currentRevision)))
                .contentType(MEDIA_TYPE);
    }

    static ProblemDto problem(
            int status,
            String title,
            String detail,
            String path,
            Optional<List<Fault>> faults,
            OptionalLong currentRevision) {
        String kind = title.toLowerCase(Locale.ROOT).replace(' ', '-');
        return new ProblemDto("urn:fleetsdk:problem:" + kind, title, status, detail, path, faults, currentRevision);
    }
}
