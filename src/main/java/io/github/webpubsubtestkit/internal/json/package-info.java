/**
 * JSON in tests: values that can be compared, and the objects of the user, which the application's
 * own mapper writes and reads. Knows no mapper at compile time.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.json;

import org.jspecify.annotations.NullMarked;
