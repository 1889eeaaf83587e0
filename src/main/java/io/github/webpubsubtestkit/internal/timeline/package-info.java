/**
 * The bounded record of all events of a fake: party, time, direction and text. It does not depend
 * on the types of the wire; entries are recorded as text.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.timeline;

import org.jspecify.annotations.NullMarked;
