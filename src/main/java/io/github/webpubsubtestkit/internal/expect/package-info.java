/**
 * Expecting: waiting for a change without polling, comparing contents, finding the nearest miss,
 * and writing the text of a failure. The only room that uses Awaitility. It knows no client and no
 * message.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.expect;

import org.jspecify.annotations.NullMarked;
