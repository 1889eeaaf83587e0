/**
 * What the public rooms have in common without showing it to users: what one hands to another, each
 * kind of thing an interface here, implemented by a class that its room keeps to itself, and {@link
 * io.github.webpubsubtestkit.internal.bridge.Arguments the refusal of nulls}.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.bridge;

import org.jspecify.annotations.NullMarked;
