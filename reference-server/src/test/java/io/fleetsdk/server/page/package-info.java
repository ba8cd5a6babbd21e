/**
 * The page as an operator meets it: a real browser on a real server, before a real broker, with a real agent. Read
 * {@link io.fleetsdk.server.page.PageExtension}, which starts all of these, then {@code OpenPage}, which is what an operator
 * can see and do; then any test. {@code PageFilesTest} reads the page's files and needs no browser.
 */
@NullMarked
package io.fleetsdk.server.page;

import org.jspecify.annotations.NullMarked;
