/**
 * Free-form JSON as a value: {@link io.fleetsdk.json.JsonObject}, with RFC 7396 merge patch and differences. Reading and
 * writing text is the business of a {@link io.fleetsdk.json.JsonCodec}, which the broker module implements.
 */
@NullMarked
package io.fleetsdk.json;

import org.jspecify.annotations.NullMarked;
