package io.fleetsdk.envelope;

/**
 * A W3C trace context, carried in the headers of the same names.
 *
 * @param traceparent such as {@code 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}
 * @param tracestate vendor entries; may be empty
 */
public record TraceContext(String traceparent, String tracestate) {}
