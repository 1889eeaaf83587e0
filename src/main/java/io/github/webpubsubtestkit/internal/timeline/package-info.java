/**
 * The one bounded record of everything that happened on a fake: who, when, which way, what. It
 * knows no type of the wire; whoever records says it in text.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.timeline;

import org.jspecify.annotations.NullMarked;
