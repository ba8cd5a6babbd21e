/**
 * A trainer that needs nothing to install: learns state to action from recorded episodes, linearly, and says how well. Read {@link
 * io.fleetsdk.server.training.LinearTrainer}; then the episodes are read by {@link io.fleetsdk.server.training.LeRobotDataset}.
 */
@NullMarked
package io.fleetsdk.server.training;

import org.jspecify.annotations.NullMarked;
