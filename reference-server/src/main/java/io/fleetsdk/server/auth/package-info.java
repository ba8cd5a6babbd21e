/**
 * Who may do what. Read {@link io.fleetsdk.server.auth.Role}, then {@link io.fleetsdk.server.auth.Tokens} (where bearer
 * tokens come from) and {@link io.fleetsdk.server.auth.Gate} (the check in front of every route). Knows nothing of robots.
 */
@NullMarked
package io.fleetsdk.server.auth;

import org.jspecify.annotations.NullMarked;
