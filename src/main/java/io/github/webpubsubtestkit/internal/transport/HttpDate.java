package io.github.webpubsubtestkit.internal.transport;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * The value of a {@code Date} line (RFC 9110, section 5.6.7), created once a second. Written by
 * hand, because the platform's formatter loads locale data, which is slow in a short test run.
 */
final class HttpDate {

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private static volatile HttpDate latest = new HttpDate(Instant.EPOCH);

  private final long second;
  private final String text;

  private HttpDate(Instant instant) {
    second = instant.getEpochSecond();
    text = write(instant);
  }

  static String of(Instant instant) {
    HttpDate date = latest;
    if (date.second != instant.getEpochSecond()) {
      date = new HttpDate(instant);
      latest = date;
    }
    return date.text;
  }

  private static String write(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(29);
    int day = 3 * (time.getDayOfWeek().getValue() - 1);
    int month = 3 * (time.getMonthValue() - 1);
    text.append(DAYS, day, day + 3).append(", ");
    twoDigits(text, time.getDayOfMonth()).append(' ');
    text.append(MONTHS, month, month + 3).append(' ');
    twoDigits(twoDigits(text, time.getYear() / 100), time.getYear() % 100).append(' ');
    twoDigits(text, time.getHour()).append(':');
    twoDigits(text, time.getMinute()).append(':');
    return twoDigits(text, time.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder twoDigits(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
