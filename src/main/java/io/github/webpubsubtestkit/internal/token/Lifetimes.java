package io.github.webpubsubtestkit.internal.token;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether tokens are valid now (client-protocols B.1). A test may move the time of the fake, but
 * not that of an SDK that signs a token for each of its calls. So a REST token has to be valid by
 * one of the two clocks, and a client's token by the fake's.
 */
final class Lifetimes {

  private final Options options;
  private final InstantSource time;
  private final InstantSource realTime;

  /**
   * Two clocks.
   *
   * @param time that of the fake, which a test may move
   */
  Lifetimes(Options options, InstantSource time, InstantSource realTime) {
    this.options = options;
    this.time = time;
    this.realTime = realTime;
  }

  /** For a token that opens a client connection. */
  void checkClient(Claims claims) throws InvalidTokenException {
    checkByTheFake(claims, skew());
  }

  /** For a token that recovers a connection, which the fake has made: clocks cannot differ. */
  void checkReconnection(Claims claims) throws InvalidTokenException {
    checkByTheFake(claims, 0);
  }

  private void checkByTheFake(Claims claims, double skew) throws InvalidTokenException {
    Instant now = time.instant();
    String fault = fault(claims, skew, now);
    if (fault != null) {
      boolean moved = isMoved(now, realTime.instant());
      throw new InvalidTokenException(fault + (moved ? byTest(now) : byReality(now)));
    }
  }

  /** For a token of a REST call. */
  void checkRest(Claims claims) throws InvalidTokenException {
    Instant now = time.instant();
    String fault = fault(claims, skew(), now);
    if (fault == null) {
      return;
    }
    Instant real = realTime.instant();
    if (!isMoved(now, real)) {
      throw new InvalidTokenException(fault + byReality(now));
    } else if (fault(claims, skew(), real) != null) {
      throw new InvalidTokenException(
          fault + byTest(now) + " and '" + seconds(real) + "' by the real time");
    }
  }

  private double skew() {
    return options.get(Setting.TOKEN_CLOCK_SKEW).toMillis() / 1000.0;
  }

  private static boolean isMoved(Instant now, Instant real) {
    return Duration.between(real, now).abs().toSeconds() >= 1;
  }

  private static String byTest(Instant now) {
    return "; it is '" + seconds(now) + "' by the test's clock";
  }

  private static String byReality(Instant now) {
    return "; it is '" + seconds(now) + "' by the real time";
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }

  /** What is wrong at that time; null for nothing. */
  private static @Nullable String fault(Claims claims, double skew, Instant at)
      throws InvalidTokenException {
    double now = at.toEpochMilli() / 1000.0;
    Double expires = claims.seconds("exp");
    if (expires == null) {
      throw new InvalidTokenException("The token has no expiration time");
    }
    if (now > expires + skew) {
      return "The token expired at '" + instant(expires) + "'";
    }
    Double notBefore = claims.seconds("nbf");
    return notBefore != null && notBefore > now + skew
        ? "The token is not valid before '" + instant(notBefore) + "'"
        : null;
  }

  private static String instant(double seconds) {
    try {
      return Instant.ofEpochSecond((long) seconds).toString();
    } catch (DateTimeException e) {
      return String.valueOf(seconds);
    }
  }
}
