/**
 * The conformance suite: plays a backend over the wire against one robot agent, in any language, and says which rule of the
 * written protocol it breaks.
 *
 * <p>Read {@link io.fleetsdk.tck.Rule}, then {@link io.fleetsdk.tck.Profile}, which lists the verifications and what stays untested;
 * {@code AgentProbe} is what they see the robot through. Nothing here uses the SDK's own codec or clients to judge: bytes are
 * judged by the schemas and the rules, so that the SDK cannot forgive itself.
 */
@NullMarked
package io.fleetsdk.tck;

import org.jspecify.annotations.NullMarked;
