package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;

/**
 * Options of a fake: how much it remembers of what happened. What is older is dropped and counted.
 *
 * <pre>{@code
 * FakeWebPubSub.builder().timeline(timeline -> timeline.maxRecordedRequests(100_000))
 * }</pre>
 *
 * @since 0.1
 */
public final class TimelineOptions {

  private final Options.Builder options;

  TimelineOptions(Options.Builder options) {
    this.options = options;
  }

  /**
   * The number of entries that the {@linkplain FakeWebPubSub#timeline() timeline} keeps. Default:
   * 10,000.
   *
   * @param max at least 1
   * @return these options
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @since 0.1
   */
  public TimelineOptions maxTimelineEntries(int max) {
    options.set(Setting.MAX_TIMELINE_ENTRIES, max);
    return this;
  }

  /**
   * The bytes that the timeline keeps. Default: 16 MiB.
   *
   * @param max at least 1
   * @return these options
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @since 0.1
   */
  public TimelineOptions maxTimelineBytes(long max) {
    options.set(Setting.MAX_TIMELINE_BYTES, max);
    return this;
  }

  /**
   * The number of {@linkplain FakeWebPubSub#requests() requests} that are kept. Default: 10,000.
   *
   * @param max at least 1
   * @return these options
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @since 0.1
   */
  public TimelineOptions maxRecordedRequests(int max) {
    options.set(Setting.MAX_RECORDED_REQUESTS, max);
    return this;
  }

  /**
   * The bytes of payload that the kept requests may have together; the newest request is always
   * kept. Default: 16 MiB.
   *
   * @param max at least 1
   * @return these options
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @since 0.1
   */
  public TimelineOptions maxRecordedRequestBytes(long max) {
    options.set(Setting.MAX_RECORDED_REQUEST_BYTES, max);
    return this;
  }
}
