package io.github.webpubsubtestkit.benchmark;

/**
 * A figure of one round.
 *
 * @param figure what was measured
 * @param noise of the machine, just before and after
 */
record Sample(double figure, double noise) {}
