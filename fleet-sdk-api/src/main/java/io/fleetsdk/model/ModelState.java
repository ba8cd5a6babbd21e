package io.fleetsdk.model;

/** How far a version has come. */
public enum ModelState {
    /** Published, and signed by nobody yet: no alias may point at it. */
    STAGED,
    /** Signed. */
    READY,
    /** Not to be used any more. Final. */
    RETIRED
}
