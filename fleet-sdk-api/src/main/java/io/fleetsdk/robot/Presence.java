package io.fleetsdk.robot;

/** Is it there (VDA 5050). */
public enum Presence {
    /** Heartbeats arrive. */
    ONLINE,
    /** It said goodbye. */
    OFFLINE,
    /** It vanished: no heartbeat for longer than twice its interval. */
    CONNECTION_BROKEN,
    /** It announced that it sleeps. */
    HIBERNATING
}
