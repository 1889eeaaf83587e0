/**
 * The fake service as a program of its own, for those who want to point an application, a browser
 * or a script at it by hand.
 *
 * <p>Start with {@link io.github.webpubsubtestkit.standalone.Main}. Tests do not need this package.
 */
@NullMarked
package io.github.webpubsubtestkit.standalone;

import org.jspecify.annotations.NullMarked;
