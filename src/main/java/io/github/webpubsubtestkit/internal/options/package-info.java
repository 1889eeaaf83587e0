/**
 * The list of all options of a fake: each with its default, its section of the sheets and the
 * behaviour of Microsoft's emulator. Every room that needs one uses {@link
 * io.github.webpubsubtestkit.internal.options.Options}; the builder, the command line and {@code
 * src/docs/options.md} present the same list.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.options;

import org.jspecify.annotations.NullMarked;
