/** Hubs, connections, groups, users. */
@NullMarked
package io.github.webpubsubtestkit.internal.hub;

import org.jspecify.annotations.NullMarked;
