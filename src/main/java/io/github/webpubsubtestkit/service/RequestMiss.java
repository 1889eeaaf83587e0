package io.github.webpubsubtestkit.service;

/**
 * One thing in which an operation differs from a pattern.
 *
 * @param weight how far that takes the operation away from what was wanted
 * @param text what is different, for example {@code user is "bob"}
 */
record RequestMiss(double weight, String text) {}
