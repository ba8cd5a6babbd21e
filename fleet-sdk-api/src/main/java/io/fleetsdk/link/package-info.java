/**
 * The wire seen from one robot: {@link io.fleetsdk.link.RobotLink}. The edge agent is built on it; the backend uses
 * {@link io.fleetsdk.Fleet}.
 */
@NullMarked
package io.fleetsdk.link;

import org.jspecify.annotations.NullMarked;
