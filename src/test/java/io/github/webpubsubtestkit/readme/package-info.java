/** The code of README.md, compiled and run; {@code ReadmeTest} holds both together. */
@NullMarked
package io.github.webpubsubtestkit.readme;

import org.jspecify.annotations.NullMarked;
