/**
 * The fake service as a stand-alone program, to which an application, a browser or a script can
 * connect.
 *
 * <p>Start with {@link io.github.webpubsubtestkit.standalone.Main}. Tests do not need this package.
 */
@NullMarked
package io.github.webpubsubtestkit.standalone;

import org.jspecify.annotations.NullMarked;
