/**
 * The language in which a REST call says which connections it means (rest-api 10). A text becomes a
 * tree of {@link io.github.webpubsubtestkit.internal.rest.filter.Expression}s, the tree is checked
 * for types, and what is left is a predicate that cannot fail. Who uses it needs {@link
 * io.github.webpubsubtestkit.internal.rest.filter.ConnectionFilter} only.
 */
@NullMarked
package io.github.webpubsubtestkit.internal.rest.filter;

import org.jspecify.annotations.NullMarked;
