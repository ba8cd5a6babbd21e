/**
 * Tests of JSON documents: {@link io.fleetsdk.json.JsonObjectTest}, then patches and differences.
 * {@link io.fleetsdk.json.ArbitraryJson} makes documents for other packages as well.
 */
@NullMarked
package io.fleetsdk.json;

import org.jspecify.annotations.NullMarked;
