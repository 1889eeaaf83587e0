package io.github.webpubsubtestkit.internal.upstream;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells of events that were sent. */
final class Deliveries {

  private volatile @Nullable Consumer<Delivery> listener;

  void listener(Consumer<Delivery> told) {
    listener = told;
  }

  /** Gives a delivery to the listener, if there is one. */
  void add(Delivery delivery) {
    Consumer<Delivery> told = listener;
    if (told != null) {
      told.accept(delivery);
    }
  }
}
