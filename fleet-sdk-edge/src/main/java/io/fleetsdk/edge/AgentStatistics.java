package io.fleetsdk.edge;

/**
 * What an agent has got rid of since its start.
 *
 * @param stored telemetry and heartbeats that the broker has stored
 * @param dropped telemetry and heartbeats that could not be sent, nearly all because there was no connection
 * @param answersPending answers to commands that the broker has not stored yet; they are kept and sent again
 */
public record AgentStatistics(long stored, long dropped, int answersPending) {}
