/**
 * Time of one fake: the instant it is and the tasks that are due later, real or driven by a test.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.time;

import org.jspecify.annotations.NullMarked;
