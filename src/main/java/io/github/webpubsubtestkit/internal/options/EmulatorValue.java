package io.github.webpubsubtestkit.internal.options;

import org.jspecify.annotations.Nullable;

/**
 * The value of an option with which a fake behaves like Microsoft's emulator.
 *
 * @param different null if it is the default
 * @param source the basis for the value
 */
record EmulatorValue<T>(@Nullable T different, Source source) {

  /** The basis on which a value is known. */
  enum Source {
    SHEETS,
    NOWHERE,
    KIT_ONLY
  }

  /** The emulator differs from the default, as the sheets state. */
  static <T> EmulatorValue<T> of(T value) {
    return new EmulatorValue<>(value, Source.SHEETS);
  }

  /** The emulator behaves like the default, as the sheets state. */
  static <T> EmulatorValue<T> byDefault() {
    return new EmulatorValue<>(null, Source.SHEETS);
  }

  /** The sheets do not cover the emulator, so the default applies. */
  static <T> EmulatorValue<T> unknown() {
    return new EmulatorValue<>(null, Source.NOWHERE);
  }

  /** The option concerns the kit only; the emulator has no counterpart. */
  static <T> EmulatorValue<T> ofKitOnly() {
    return new EmulatorValue<>(null, Source.KIT_ONLY);
  }

  /** Returns the value for documents. */
  String text(String value) {
    return switch (source) {
      case SHEETS -> value;
      case NOWHERE -> "not known";
      case KIT_ONLY -> "–";
    };
  }
}
