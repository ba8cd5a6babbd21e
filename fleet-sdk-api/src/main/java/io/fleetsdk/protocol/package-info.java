/**
 * The wire protocol, version 1: {@link io.fleetsdk.protocol.FleetSubjects} owns the subject grammar;
 * {@link io.fleetsdk.protocol.ProtocolFiles} finds the JSON Schemas and the AsyncAPI document in this jar.
 */
@NullMarked
package io.fleetsdk.protocol;

import org.jspecify.annotations.NullMarked;
