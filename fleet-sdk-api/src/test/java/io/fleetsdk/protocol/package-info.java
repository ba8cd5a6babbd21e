/**
 * Tests of the written protocol: {@link io.fleetsdk.protocol.ProtocolSchemasTest}, then the document that explains it and the AsyncAPI
 * document that names its subjects.
 */
@NullMarked
package io.fleetsdk.protocol;

import org.jspecify.annotations.NullMarked;
