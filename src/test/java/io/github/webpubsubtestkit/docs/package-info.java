/**
 * The code of README.md and of the pages in {@code src/docs}, compiled and run, a class for each
 * page; {@code DocumentationTest} holds code and pages together.
 */
@NullMarked
package io.github.webpubsubtestkit.docs;

import org.jspecify.annotations.NullMarked;
