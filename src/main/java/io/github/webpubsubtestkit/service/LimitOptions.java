package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;

/**
 * Options of a fake: how much may wait for a client that does not read or, if it is reliable, does
 * not acknowledge. Beyond that it is cut off, or {@linkplain ClientOptions#closeOnOverflow closed}.
 *
 * <pre>{@code
 * FakeWebPubSub.builder().limits(limits -> limits.maxQueuedMessages(10))
 * }</pre>
 *
 * @since 0.1
 */
public final class LimitOptions {

  private final Options.Builder options;

  LimitOptions(Options.Builder options) {
    this.options = options;
  }

  /**
   * The number of messages that may wait for one client. Default: 1,000, as in Azure
   * (client-protocols C.2). The kit's reliable clients acknowledge when 100 messages have come or a
   * second is over.
   *
   * @param max at least 1
   * @return these options
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @since 0.1
   */
  public LimitOptions maxQueuedMessages(int max) {
    options.set(Setting.MAX_QUEUED_MESSAGES, max);
    return this;
  }

  /**
   * The bytes that may wait for one client. Default: 16 MiB, as in Azure (client-protocols C.2).
   *
   * @param max at least 1
   * @return these options
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @since 0.1
   */
  public LimitOptions maxQueuedBytes(long max) {
    options.set(Setting.MAX_QUEUED_BYTES, max);
    return this;
  }
}
