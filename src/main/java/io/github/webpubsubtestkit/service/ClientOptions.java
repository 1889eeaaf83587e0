package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import java.time.Duration;

/**
 * Options of a fake: the messages clients receive and the end of their connections.
 *
 * <pre>{@code
 * FakeWebPubSub.builder().clients(clients -> clients.recoveryWindow(Duration.ofMinutes(1)))
 * }</pre>
 *
 * @since 0.1
 */
public final class ClientOptions {

  private final Options.Builder options;

  ClientOptions(Options.Builder options) {
    this.options = options;
  }

  /**
   * Sets whether a group message from a sender without a user id contains {@code
   * "fromUserId":null}, as Microsoft's emulator does, instead of omitting the key. Default: false
   * (client-protocols D05).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public ClientOptions nullFromUserId(boolean on) {
    return turn(Option.NULL_FROM_USER_ID, on);
  }

  /**
   * Sets whether {@code connected} omits {@code userId} for a connection without one, instead of
   * {@code null}. Default: false, as in Azure (client-protocols D06).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public ClientOptions omitNullUserId(boolean on) {
    return turn(Option.OMIT_NULL_USER_ID, on);
  }

  /**
   * The time in which a reliable connection that has lost its socket can be recovered. Default: 30
   * seconds, as in Azure (client-protocols D12).
   *
   * @param window zero or more, by the {@linkplain FakeWebPubSub#clock() clock} of the fake; with
   *     zero no connection can be recovered
   * @return these options
   * @throws IllegalArgumentException if {@code window} is negative
   * @since 0.1
   */
  public ClientOptions recoveryWindow(Duration window) {
    notNull(window, "recoveryWindow", "window");
    options.set(Setting.RECOVERY_WINDOW, window);
    return this;
  }

  /**
   * Sets whether a recovery begins with a {@code connected} message with a new reconnection token,
   * as Azure's documentation allows. Default: false, as in Microsoft's emulator (client-protocols
   * D13).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public ClientOptions connectedAfterRecovery(boolean on) {
    return turn(Option.CONNECTED_AFTER_RECOVERY, on);
  }

  /**
   * Sets whether a reliable connection can be recovered after its client has sent a close frame
   * without a status code, as browsers do on {@code close()}. Default: false; such a close is final
   * (client-protocols D17).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public ClientOptions keepOnCloseWithoutStatus(boolean on) {
    return turn(Option.KEEP_ON_CLOSE_WITHOUT_STATUS, on);
  }

  /**
   * Sets whether messages that a reliable client has not acknowledged are dropped when the {@code
   * ttlSeconds} or {@code messageTtlSeconds} of their sender have expired, as documented by Azure.
   * Their sequence ids are then missing. Default: false, as in Microsoft's emulator, which only
   * checks that the number is valid (rest-api 8.1).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public ClientOptions expireByTtl(boolean on) {
    return turn(Option.EXPIRE_BY_TTL, on);
  }

  /**
   * Sets whether a client that does not read, or, if it is reliable, does not acknowledge is closed
   * with 1008 and a reason once {@linkplain LimitOptions too much} is pending for it, instead of
   * being cut off without a close frame. Pending messages are dropped either way. Default: false,
   * as in Microsoft's emulator (client-protocols D10, D11).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public ClientOptions closeOnOverflow(boolean on) {
    return turn(Option.CLOSE_ON_OVERFLOW, on);
  }

  /**
   * Sets whether a client on a subprotocol is closed with 1011 when its event fails, after the
   * negative ack if it requested one, as older pages of Azure state. Default: false; it stays
   * connected (client-protocols D02).
   *
   * @param on the new value
   * @return these options
   * @since 0.1
   */
  public ClientOptions dropOnUserEventFailure(boolean on) {
    return turn(Option.DROP_ON_USER_EVENT_FAILURE, on);
  }

  /**
   * The code with which a simple client is closed when its message fails. Default: 1011, with a
   * reason; 1000, then without one, has been seen in Azure (client-protocols D03).
   *
   * @param code 1011 or 1000
   * @return these options
   * @throws IllegalArgumentException if it is any other code
   * @since 0.1
   */
  public ClientOptions rawFailureCloseCode(int code) {
    options.set(Setting.RAW_FAILURE_CLOSE_CODE, code);
    return this;
  }

  /**
   * The size above which a message is sent in fragments, each of that size except the last.
   * Default: never; every message is one frame, because the official Java client cannot read
   * anything else (client-protocols D18).
   *
   * @param bytes at least 1
   * @return these options
   * @throws IllegalArgumentException if {@code bytes} is less than 1
   * @since 0.1
   */
  public ClientOptions fragmentOutgoingAbove(int bytes) {
    options.set(Setting.FRAGMENT_OUTGOING_ABOVE, bytes);
    return this;
  }

  /**
   * The interval of WebSocket pings to each client; a client that has not answered one when the
   * next is due is disconnected without a close frame. Default: never, because tests do not need
   * it; in Azure it is a setting of the hub, 20 seconds by default (client-protocols I.4).
   *
   * @param interval at least 1 ms, by the {@linkplain FakeWebPubSub#clock() clock} of the fake
   * @return these options
   * @throws IllegalArgumentException if {@code interval} is shorter
   * @since 0.1
   */
  public ClientOptions keepAliveInterval(Duration interval) {
    notNull(interval, "keepAliveInterval", "interval");
    options.set(Setting.KEEP_ALIVE_INTERVAL, interval);
    return this;
  }

  private ClientOptions turn(Option option, boolean on) {
    options.turn(option, on);
    return this;
  }
}
