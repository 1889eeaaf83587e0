/**
 * Services that one public room provides to another without exposing them to users. Each is an
 * interface here, implemented by a class private to its room.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.bridge;

import org.jspecify.annotations.NullMarked;
