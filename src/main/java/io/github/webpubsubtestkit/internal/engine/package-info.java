/** One running fake: the rooms wired together on one port. It knows neither JUnit nor AssertJ. */
@NullMarked
package io.github.webpubsubtestkit.internal.engine;

import org.jspecify.annotations.NullMarked;
