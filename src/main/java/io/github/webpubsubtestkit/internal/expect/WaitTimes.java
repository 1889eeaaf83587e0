package io.github.webpubsubtestkit.internal.expect;

import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.time.DurationText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only place for how long the kit waits: for messages, requests and events in assertions, for
 * acks, for connecting, recovering and closing, and until a fake is idle. Each fake has one, which
 * its clients, its stubs and their assertions share.
 *
 * <p>The usual timeout is that of the test class's annotation, else the builder's, else the
 * parameter {@link #TIMEOUT}, else 5 seconds. The parameter {@link #FACTOR} multiplies it, and also
 * what an assertion asks for by {@code within}. A fake that is started by hand knows the system
 * properties of these names only; JUnit's configuration parameters come with {@link #configure}.
 */
public final class WaitTimes {

  /** The name of the parameter for the usual timeout. */
  public static final String TIMEOUT = "webpubsub.test.timeout";

  /** The name of the parameter for the factor. */
  public static final String FACTOR = "webpubsub.test.timeout-factor";

  private static final Duration DEFAULT = Duration.ofSeconds(5);
  private static final BigDecimal MAX_FACTOR = BigDecimal.valueOf(1_000);

  private final @Nullable Duration ofBuilder;
  private volatile Timeout usual;

  /**
   * The times of a fake.
   *
   * @param ofBuilder the builder's timeout, if any
   * @param parameters the value of a parameter, if it is set
   * @throws IllegalArgumentException if the value of a parameter is invalid
   */
  public WaitTimes(@Nullable Duration ofBuilder, Function<String, @Nullable String> parameters) {
    this.ofBuilder = ofBuilder;
    this.usual = timeout(null, parameters);
  }

  /** The times of a fake whose parameters are system properties. */
  public static WaitTimes ofSystem(@Nullable Duration ofBuilder) {
    return new WaitTimes(ofBuilder, System::getProperty);
  }

  /** Fixed times, without a factor. */
  public static WaitTimes fixed(Duration timeout) {
    return new WaitTimes(timeout, none -> null);
  }

  /**
   * Sets what the test's environment says, in place of the system properties.
   *
   * @param annotated the timeout of the test class's annotation, if any
   * @param parameters the value of a parameter, if it is set
   * @throws IllegalArgumentException if the value of a parameter is invalid
   */
  public void configure(
      @Nullable Duration annotated, Function<String, @Nullable String> parameters) {
    usual = timeout(annotated, parameters);
  }

  private Timeout timeout(
      @Nullable Duration annotated, Function<String, @Nullable String> parameters) {
    String parameter = parameters.apply(TIMEOUT);
    String factor = parameters.apply(FACTOR);
    Duration configured = parameter == null ? DEFAULT : parseTimeout(TIMEOUT, parameter);
    Duration asked = annotated != null ? annotated : ofBuilder != null ? ofBuilder : configured;
    return new Timeout(asked, factor == null ? BigDecimal.ONE : parseFactor(factor));
  }

  /** The timeout of everything that names none. */
  public Timeout usual() {
    return usual;
  }

  /**
   * The timeout for ending threads of the kit: the usual one, but no shorter than the default,
   * since only a failure of the kit, or a callback that never returns, can exceed it.
   */
  public Timeout stop() {
    Timeout known = usual;
    return known.asked().compareTo(DEFAULT) < 0 ? of(DEFAULT) : known;
  }

  /**
   * The timeout of something that names its own.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public Timeout of(Duration asked) {
    return new Timeout(asked, usual.factor());
  }

  /** The named timeout, if there is one, otherwise the usual one. */
  public Timeout ofNullable(@Nullable Duration asked) {
    return asked == null ? usual : of(asked);
  }

  /**
   * A timeout that a person has written.
   *
   * @param name what it is the value of
   * @throws IllegalArgumentException if it is none; names it and shows good values
   */
  public static Duration parseTimeout(String name, String text) {
    Optional<Duration> parsed = DurationText.parse(text);
    if (parsed.isEmpty() || parsed.get().isNegative() || parsed.get().isZero()) {
      throw new IllegalArgumentException(
          name
              + " must be a duration of more than 0, for example 20s, 500ms or 2m, but is \""
              + Secrets.mask(text)
              + '"');
    }
    return parsed.get();
  }

  private static BigDecimal parseFactor(String text) {
    try {
      BigDecimal factor = new BigDecimal(text.strip());
      if (factor.signum() > 0 && factor.compareTo(MAX_FACTOR) <= 0) {
        return factor;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        FACTOR
            + " must be a number of more than 0, at most 1000, for example 2 or 1.5, but is \""
            + Secrets.mask(text)
            + '"');
  }
}
