/** Tests of inference, with ONNX Runtime on real models. */
@NullMarked
package io.fleetsdk.server.inference;

import org.jspecify.annotations.NullMarked;
