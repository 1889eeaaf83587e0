/**
 * Keeps tokens, keys and passwords out of all readable output: exceptions, failure texts and the
 * timeline. All foreign texts are shown through this package, and only it cuts them: half a token
 * is no longer recognized, so texts are masked first and then cut.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.secrets;

import org.jspecify.annotations.NullMarked;
