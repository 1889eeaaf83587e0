package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import java.time.Duration;
import java.util.List;

/**
 * Options of a fake: calls of event handlers. The handlers themselves are registered by {@link
 * FakeWebPubSubBuilder#eventHandler} or {@link FakeWebPubSub#eventHandler}.
 *
 * <pre>{@code
 * FakeWebPubSub.builder().events(events -> events.handlerDeadline(Duration.ofSeconds(5)))
 * }</pre>
 *
 * @since 0.1
 */
public final class EventOptions {

  private final Options.Builder options;

  EventOptions(Options.Builder options) {
    this.options = options;
  }

  /**
   * Sets whether the URL of a handler is validated before its first event, by an {@code OPTIONS}
   * request (abuse protection). Default: true (event-handlers 3.3).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public EventOptions validateHandlers(boolean on) {
    return turn(Option.VALIDATE_HANDLERS, on);
  }

  /**
   * Sets whether the {@code WebHook-Request-Origin} header contains this fake's port, as required
   * by early releases of the express middleware. Default: false; the host alone, as in Azure
   * (event-handlers K11).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public EventOptions originWithPort(boolean on) {
    return turn(Option.ORIGIN_WITH_PORT, on);
  }

  /**
   * Sets whether a handler may allow several services in one comma-separated header, as a proxy may
   * write them. Default: false, as in Microsoft's emulator (event-handlers K15).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public EventOptions splitAllowedOrigin(boolean on) {
    return turn(Option.SPLIT_ALLOWED_ORIGIN, on);
  }

  /**
   * Sets whether a client rejected by a handler receives the body of its response, as documented by
   * Azure. Default: false; only the status, as in Microsoft's emulator (event-handlers K03).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public EventOptions forwardConnectErrorBody(boolean on) {
    return turn(Option.FORWARD_CONNECT_ERROR_BODY, on);
  }

  /**
   * The delay before each retry of a handler that was not reached or answered 408 or 5xx. Default:
   * three times zero, so that the fake calls as often as Azure, without delaying tests; Azure waits
   * 1, 3 and 5 seconds (event-handlers K18).
   *
   * @param delays one for each retry, by the {@linkplain FakeWebPubSub#clock() clock} of the fake;
   *     none for no retries
   * @return these options
   * @throws IllegalArgumentException if one of them is negative
   * @since 0.1
   */
  public EventOptions handlerRetryDelays(Duration... delays) {
    noneNull(delays, "handlerRetryDelays", "delays");
    options.set(Setting.HANDLER_RETRY_DELAYS, List.of(delays));
    return this;
  }

  /**
   * The timeout for a handler's response to an event, including retries. Default: 100 seconds
   * (event-handlers K10).
   *
   * @param deadline more than zero, by the {@linkplain FakeWebPubSub#clock() clock} of the fake
   * @return these options
   * @throws IllegalArgumentException if it is zero or negative
   * @since 0.1
   */
  public EventOptions handlerDeadline(Duration deadline) {
    notNull(deadline, "handlerDeadline", "deadline");
    options.set(Setting.HANDLER_DEADLINE, deadline);
    return this;
  }

  /**
   * The timeout for a handler's response to a validation request. Default: 10 seconds
   * (event-handlers 8).
   *
   * @param deadline more than zero, by the {@linkplain FakeWebPubSub#clock() clock} of the fake
   * @return these options
   * @throws IllegalArgumentException if it is zero or negative
   * @since 0.1
   */
  public EventOptions validationDeadline(Duration deadline) {
    notNull(deadline, "validationDeadline", "deadline");
    options.set(Setting.VALIDATION_DEADLINE, deadline);
    return this;
  }

  private EventOptions turn(Option option, boolean on) {
    options.turn(option, on);
    return this;
  }
}
