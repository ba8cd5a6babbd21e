package io.fleetsdk.robot;

/** Who drives (VDA 5050). */
public enum OperatingMode {
    AUTOMATIC,
    SEMIAUTOMATIC,
    MANUAL,
    SERVICE,
    TEACHIN
}
