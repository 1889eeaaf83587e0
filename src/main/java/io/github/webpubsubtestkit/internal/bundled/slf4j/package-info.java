/** What replaces classes of SLF4J where it is packed into the kit's jar. */
@NullMarked
package io.github.webpubsubtestkit.internal.bundled.slf4j;

import org.jspecify.annotations.NullMarked;
