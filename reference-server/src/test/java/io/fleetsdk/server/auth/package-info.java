/** Tokens and roles on their own; the gate is tested one package up, over HTTP. */
package io.fleetsdk.server.auth;
