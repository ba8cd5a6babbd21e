/** The agent against a real broker, with a driver that does what its commands say. Read {@code LiveAgent} first. */
package io.fleetsdk.edge;
