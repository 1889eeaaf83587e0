package io.github.webpubsubtestkit.internal.options;

import org.jspecify.annotations.Nullable;

/**
 * The value of an option with which a fake behaves like Microsoft's emulator.
 *
 * @param different null if it is the default
 * @param source how that is known
 */
record EmulatorValue<T>(@Nullable T different, Source source) {

  /** How a value is known. */
  enum Source {
    SHEETS,
    NOWHERE,
    KIT_ONLY
  }

  /** The sheets say that the emulator differs from the default. */
  static <T> EmulatorValue<T> of(T value) {
    return new EmulatorValue<>(value, Source.SHEETS);
  }

  /** The sheets say that the emulator does what is the default here. */
  static <T> EmulatorValue<T> byDefault() {
    return new EmulatorValue<>(null, Source.SHEETS);
  }

  /** The sheets say nothing of the emulator, so the default has to do. */
  static <T> EmulatorValue<T> unknown() {
    return new EmulatorValue<>(null, Source.NOWHERE);
  }

  /** The option is about the kit, and the emulator has nothing like it. */
  static <T> EmulatorValue<T> ofKitOnly() {
    return new EmulatorValue<>(null, Source.KIT_ONLY);
  }

  /** For readers. */
  String text(String value) {
    return switch (source) {
      case SHEETS -> value;
      case NOWHERE -> "not known";
      case KIT_ONLY -> "–";
    };
  }
}
