/** The parts that draw and read; the commands as a whole are tested one package up. */
package io.fleetsdk.server.cli.jobs;
