/**
 * Applications with a fault, and tests of them that fail. {@code SeededFaultsTest} runs them and
 * requires that each failure names its cause; nothing else runs them.
 */
@NullMarked
package io.github.webpubsubtestkit.diagnosis;

import org.jspecify.annotations.NullMarked;
