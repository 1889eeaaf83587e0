package io.github.webpubsubtestkit.service;

import org.jspecify.annotations.Nullable;

/**
 * The one effect that a test has chosen for a fault, with its words. Guarded by the lock of the
 * fault's orders.
 *
 * @param <E> what the rooms behind carry out
 */
final class ChosenEffect<E> {

  private @Nullable E effect;
  private String words = "";
  private String preposition = "";

  /**
   * Chooses.
   *
   * @param wanted the effect
   * @param said what it is, such as {@code loss}
   * @param link what stands between that and whom it concerns, such as {@code " of "}
   */
  void choose(E wanted, String said, String link) {
    effect = wanted;
    words = said;
    preposition = link;
  }

  /** The effect; null if none was chosen yet. */
  @Nullable E get() {
    return effect;
  }

  boolean isChosen() {
    return effect != null;
  }

  /** What was ordered, for whom. */
  String order(String choice) {
    return words + " for " + choice;
  }

  /** What has gone wrong, and where. */
  String describe(String choice) {
    return words + preposition + choice;
  }
}
