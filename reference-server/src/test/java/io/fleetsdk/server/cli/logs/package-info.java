/** The demo's worker on its own; with the demo around it, it is tested one package up. */
package io.fleetsdk.server.cli.logs;
