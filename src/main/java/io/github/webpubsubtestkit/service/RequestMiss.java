package io.github.webpubsubtestkit.service;

/**
 * One difference between an operation and a pattern.
 *
 * @param weight the size of the difference
 * @param text the difference, for example {@code user is "bob"}
 */
record RequestMiss(double weight, String text) {}
