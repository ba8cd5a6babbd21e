/** Tests of the parts of the REST interface that need no server. */
@NullMarked
package io.fleetsdk.server.rest;

import org.jspecify.annotations.NullMarked;
