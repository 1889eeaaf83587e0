/**
 * Expectations: waiting for a change without polling, comparing contents, finding the nearest miss,
 * and writing the text of a failure. The only room that uses Awaitility. It must not depend on
 * clients and messages.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.expect;

import org.jspecify.annotations.NullMarked;
