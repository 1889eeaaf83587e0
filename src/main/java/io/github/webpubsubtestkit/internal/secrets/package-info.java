/**
 * Keeps tokens, keys and passwords out of all that people read: exceptions, failure texts, the
 * timeline. Whoever shows a text of others shows it through here, and nobody else cuts one: half a
 * token is not recognized any more, so everything is masked first and cut then.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.secrets;

import org.jspecify.annotations.NullMarked;
