/**
 * The one list of what can be different from one fake to another: each option with its default, its
 * section of the sheets and what Microsoft's emulator does. Every room that needs one asks {@link
 * io.github.webpubsubtestkit.internal.options.Options}; the builder, the command line and {@code
 * src/docs/options.md} offer what the list has.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.options;

import org.jspecify.annotations.NullMarked;
