package io.github.webpubsubtestkit.internal.options;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The options of one fake. Immutable. */
public final class Options {

  private final Set<Option> on;
  private final Map<Setting<?>, Object> different;

  private Options(Builder builder) {
    on = EnumSet.copyOf(builder.on);
    different = new HashMap<>(builder.different);
  }

  /** All options at their defaults. */
  public static Options defaults() {
    return builder().build();
  }

  /** A builder in which all options have their defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns whether an option is on. */
  public boolean isOn(Option option) {
    return on.contains(option);
  }

  /** The value of a setting. */
  @SuppressWarnings("unchecked") // the builder takes no other type
  public <T> T get(Setting<T> setting) {
    Object value = different.get(setting);
    return value == null ? setting.defaultValue() : (T) value;
  }

  /** Collects the options that differ from the defaults. */
  public static final class Builder {

    private final EnumSet<Option> on = EnumSet.noneOf(Option.class);
    private final Map<Setting<?>, Object> different = new HashMap<>();

    private Builder() {
      for (Option each : Option.values()) {
        turn(each, each.isOnByDefault());
      }
    }

    /** Turns an option on or off. */
    public Builder turn(Option option, boolean toOn) {
      if (toOn) {
        on.add(option);
      } else {
        on.remove(option);
      }
      return this;
    }

    /**
     * Gives a setting a value.
     *
     * @throws IllegalArgumentException if it is out of bounds; the message states what is allowed
     */
    public <T> Builder set(Setting<T> setting, T value) {
      setting.check(value);
      different.put(setting, value);
      return this;
    }

    Builder reset(Setting<?> setting) {
      different.remove(setting);
      return this;
    }

    /** Gives every option the value with which a fake behaves like Microsoft's emulator. */
    public Builder likeEmulator() {
      for (Option each : Option.values()) {
        turn(each, each.isOnInEmulator());
      }
      for (Setting<?> each : Setting.all()) {
        different.put(each, each.emulatorValue());
      }
      return this;
    }

    /** The options as they are now. */
    public Options build() {
      return new Options(this);
    }
  }
}
