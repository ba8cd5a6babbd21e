@org.jspecify.annotations.NullMarked
package io.fleetsdk.testing;
