package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;

/**
 * Options of a fake: limits of the messages pending for a client that does not read or, if it is
 * reliable, does not acknowledge. Beyond them it is disconnected, or {@linkplain
 * ClientOptions#closeOnOverflow closed}.
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
   * Sets the maximum number of messages pending for one client. Default: 1,000, as in Azure
   * (client-protocols C.2). The kit's reliable clients acknowledge after 100 messages or one
   * second.
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
   * Sets the maximum number of bytes pending for one client. Default: 16 MiB, as in Azure
   * (client-protocols C.2).
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
