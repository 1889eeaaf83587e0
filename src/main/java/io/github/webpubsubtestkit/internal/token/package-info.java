/** Access keys, and the tokens made with them. */
@NullMarked
package io.github.webpubsubtestkit.internal.token;

import org.jspecify.annotations.NullMarked;
