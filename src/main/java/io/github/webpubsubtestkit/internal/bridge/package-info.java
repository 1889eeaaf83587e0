/**
 * What one public room hands to another without showing it to users. Each kind of thing is an
 * interface here, implemented by a class that its room keeps to itself.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.bridge;

import org.jspecify.annotations.NullMarked;
