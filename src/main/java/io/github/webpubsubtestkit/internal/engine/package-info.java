/** One running fake: the rooms wired together on one port. */
@NullMarked
package io.github.webpubsubtestkit.internal.engine;

import org.jspecify.annotations.NullMarked;
