/**
 * The REST face of a fleet. Read {@link io.fleetsdk.server.rest.RobotRoutes} for the pattern, {@code RequestBody} for how input is
 * read and {@link io.fleetsdk.server.rest.Problems} for how failures are told (RFC 9457). The records named {@code …Dto} are the
 * JSON of the answers; {@code openapi.json} describes them. Handlers translate and nothing else.
 */
@NullMarked
package io.fleetsdk.server.rest;

import org.jspecify.annotations.NullMarked;
