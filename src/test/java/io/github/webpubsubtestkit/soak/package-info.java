/** Long and heavy use: what a short test on a quiet machine does not show. */
@NullMarked
package io.github.webpubsubtestkit.soak;

import org.jspecify.annotations.NullMarked;
