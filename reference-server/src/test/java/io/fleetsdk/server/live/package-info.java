/** The live stream's parts on their own; the whole of it is tested one package up, over HTTP. */
package io.fleetsdk.server.live;
