package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.secrets.Display;
import java.util.function.UnaryOperator;

/**
 * Options of a fake: limits of its timeline and recorded requests. Older entries are dropped and
 * counted.
 *
 * <pre>{@code
 * FakeWebPubSub.builder().timeline(timeline -> timeline.maxRecordedRequests(100_000))
 * }</pre>
 *
 * @since 0.1
 */
public final class TimelineOptions {

  private final Options.Builder options;
  private Display display = Display.AS_THEY_ARE;

  TimelineOptions(Options.Builder options) {
    this.options = options;
  }

  /**
   * Sets the maximum number of entries of the {@linkplain FakeWebPubSub#timeline() timeline}.
   * Default: 10,000.
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
   * Sets the maximum size of the timeline in bytes. Default: 16 MiB.
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
   * Sets the maximum number of recorded {@linkplain FakeWebPubSub#requests() requests}. Default:
   * 10,000.
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
   * Sets the maximum total size of the recorded requests' payloads in bytes; the newest request is
   * always kept. Default: 16 MiB.
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

  /**
   * Sets how payloads that are text are shown in the timeline and in failures, to mask personal
   * data or to shorten long ones. Default: as they are, tokens and keys masked, cut to 4,096
   * characters in the timeline and to 200 in failures. What a failure expected of a payload is
   * shown by the same function. Comparisons and {@link TimelineEntry#payloadText()} are not
   * affected, nor are the texts of other libraries, such as AssertJ's on {@code extractingText()}.
   *
   * <pre>{@code
   * FakeWebPubSub.builder()
   *     .timeline(timeline -> timeline.display(text -> text.replaceAll("\\d{16}", "<card>")))
   * }</pre>
   *
   * @param display returns what is shown of a payload; called from any thread, mostly only when the
   *     timeline is read or something has failed
   * @return these options
   * @since 0.1
   */
  public TimelineOptions display(UnaryOperator<String> display) {
    notNull(display, "display", "display");
    this.display = Display.by(display);
    return this;
  }

  Display display() {
    return display;
  }
}
