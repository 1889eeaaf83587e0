package io.github.webpubsubtestkit.service;

import java.util.List;

/**
 * A fault that was not met, or not finished.
 *
 * @param headline says which
 * @param details further lines
 */
record UnmetFault(String headline, List<String> details) {}
