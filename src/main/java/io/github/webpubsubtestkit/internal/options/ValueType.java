package io.github.webpubsubtestkit.internal.options;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.time.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The type of a setting's values: which are valid, and their form on the command line.
 *
 * @param <T> the type of its values
 */
abstract class ValueType<T> {

  private final String label;

  ValueType(String label) {
    this.label = label;
  }

  /** The placeholder of a value in the help. */
  String label() {
    return label;
  }

  /**
   * Checks a value.
   *
   * @param name the setting's
   * @throws IllegalArgumentException if the value is invalid; the message states what is allowed
   */
  abstract void check(String name, T value);

  /** The value as {@link #parse} takes it. */
  abstract String text(T value);

  /**
   * The value of a text, not yet checked.
   *
   * @throws IllegalArgumentException if the text is invalid; the message states what is expected
   */
  abstract T parse(String name, String text);

  private static IllegalArgumentException notLike(String name, String expected, String text) {
    return new IllegalArgumentException(name + " must be " + expected + " but is '" + text + "'");
  }

  /** Durations from a minimum. */
  static final class Durations extends ValueType<Duration> {
    static final Durations NOT_NEGATIVE = new Durations(Duration.ZERO);
    static final Durations POSITIVE = new Durations(Duration.ofNanos(1));
    static final Durations TICKING = new Durations(Duration.ofMillis(1));

    private final Duration least;

    private Durations(Duration least) {
      super("DURATION");
      this.least = least;
    }

    @Override
    void check(String name, Duration value) {
      if (value.compareTo(least) >= 0) {
        return;
      }
      if (least.equals(TICKING.least)) {
        throw new IllegalArgumentException(name + " must be at least 1 ms but is " + value);
      }
      throw new IllegalArgumentException(
          name
              + (value.isZero()
                  ? " must be more than 0"
                  : " must not be negative but is " + value));
    }

    @Override
    String text(Duration value) {
      if (!value.equals(Duration.ofMillis(value.toMillis()))) {
        return value.toString();
      } else if (value.toMillisPart() != 0) {
        return value.toMillis() + "ms";
      } else if (value.isZero() || value.toSecondsPart() != 0) {
        return value.toSeconds() + "s";
      }
      return value.toMinutesPart() == 0 ? value.toHours() + "h" : value.toMinutes() + "m";
    }

    @Override
    Duration parse(String name, String text) {
      return DurationText.parse(text)
          .orElseThrow(() -> notLike(name, "a duration, for example 500ms, 30s, 5m or 1h,", text));
    }
  }

  /** A list of delays; may be empty. */
  static final class Delays extends ValueType<List<Duration>> {
    static final Delays ANY = new Delays();

    private Delays() {
      super("DURATION[,DURATION...]");
    }

    @Override
    void check(String name, List<Duration> value) {
      value.forEach(delay -> Durations.NOT_NEGATIVE.check("a delay of " + name, delay));
    }

    @Override
    String text(List<Duration> value) {
      return value.isEmpty()
          ? "none"
          : value.stream().map(Durations.NOT_NEGATIVE::text).collect(Collectors.joining(","));
    }

    @Override
    List<Duration> parse(String name, String text) {
      return parts(text)
          .map(each -> Durations.NOT_NEGATIVE.parse("a delay of " + name, each))
          .toList();
    }
  }

  /** Whole numbers. */
  private abstract static class Numbers extends ValueType<Integer> {
    final String expected;

    Numbers(String label, String expected) {
      super(label);
      this.expected = expected;
    }

    @Override
    String text(Integer value) {
      return value.toString();
    }

    @Override
    Integer parse(String name, String text) {
      try {
        return Integer.valueOf(text.strip());
      } catch (NumberFormatException e) {
        throw notLike(name, expected, text);
      }
    }
  }

  /** Whole numbers from 1. */
  static final class Counts extends Numbers {
    static final Counts ANY = new Counts();

    private Counts() {
      super("N", "a whole number up to " + Integer.MAX_VALUE);
    }

    @Override
    void check(String name, Integer value) {
      checkAtLeastOne(name, value);
    }
  }

  /** Sizes from 1 byte. */
  static final class Sizes extends ValueType<Long> {
    static final Sizes ANY = new Sizes();
    private static final List<String> UNITS = List.of("GiB", "MiB", "KiB");

    private Sizes() {
      super("BYTES");
    }

    @Override
    void check(String name, Long value) {
      checkAtLeastOne(name, value);
    }

    @Override
    String text(Long value) {
      for (String unit : UNITS) {
        if (value % factor(unit) == 0) {
          return value / factor(unit) + unit;
        }
      }
      return value.toString();
    }

    @Override
    Long parse(String name, String text) {
      String number = text.strip();
      long factor = 1;
      for (String unit : UNITS) {
        if (number.endsWith(unit)) {
          number = number.substring(0, number.length() - unit.length()).strip();
          factor = factor(unit);
          break;
        }
      }
      try {
        return Math.multiplyExact(Long.parseLong(number), factor);
      } catch (NumberFormatException | ArithmeticException e) {
        throw notLike(name, "a number of bytes, for example 1000, 64KiB or 16MiB,", text);
      }
    }

    private static long factor(String unit) {
      return 1L << (10 * (UNITS.size() - UNITS.indexOf(unit)));
    }
  }

  /** One of some numbers. */
  static final class OneOf extends Numbers {
    private final List<Integer> allowed;

    OneOf(Integer... allowed) {
      super(joined("|", allowed), joined(" or ", allowed));
      this.allowed = List.of(allowed);
    }

    @Override
    void check(String name, Integer value) {
      if (!allowed.contains(value)) {
        throw new IllegalArgumentException(name + " must be " + expected + " but is " + value);
      }
    }

    private static String joined(String delimiter, Integer... numbers) {
      return Stream.of(numbers).map(String::valueOf).collect(Collectors.joining(delimiter));
    }
  }

  /** A list of host names, with an optional port; may be empty. */
  static final class Hosts extends ValueType<List<String>> {
    static final Hosts ANY = new Hosts();

    private Hosts() {
      super("HOST[,HOST...]");
    }

    @Override
    void check(String name, List<String> value) {
      for (String each : value) {
        if (each.isBlank() || each.indexOf('/') >= 0) {
          throw new IllegalArgumentException(
              "an additional host name is a host, with a port or without, but is \""
                  + Secrets.mask(each)
                  + "\"");
        }
      }
    }

    @Override
    String text(List<String> value) {
      return value.isEmpty() ? "none" : String.join(",", value);
    }

    @Override
    List<String> parse(String name, String text) {
      return parts(text).toList();
    }
  }

  private static Stream<String> parts(String text) {
    return text.isBlank() || text.strip().equals("none")
        ? Stream.empty()
        : Stream.of(text.split(",", -1)).map(String::strip);
  }

  private static void checkAtLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1 but is " + value);
    }
  }
}
