/**
 * Holds what cites the sheets of {@code src/docs/spec} to what the sheets have. The grammar of a
 * citation is written down in the README there.
 */
@NullMarked
package io.github.webpubsubtestkit.sheets;

import org.jspecify.annotations.NullMarked;
