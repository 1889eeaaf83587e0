package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.options.Option;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Collects what a fake is to be like; nothing has to be said.
 *
 * @since 0.1
 */
public final class FakeWebPubSubBuilder {

  private final EngineConfig.Builder engine = EngineConfig.builder();
  private final Options.Builder options = engine.options();
  private String defaultHub = "hub";
  private final Map<String, List<EventHandler>> eventHandlers = new LinkedHashMap<>();

  FakeWebPubSubBuilder() {}

  /**
   * The key with which tokens are signed. Default: a random one for each fake.
   *
   * @param key at least 32 bytes of UTF-8; no {@code ;}, no control characters, no blank at either
   *     end
   * @return this builder
   * @throws IllegalArgumentException if the key is not such, above all if it is too short: with a
   *     shorter one official SDKs silently send no token, and all their calls end in 401
   * @since 0.1
   */
  public FakeWebPubSubBuilder accessKey(String key) {
    engine.accessKey(key);
    return this;
  }

  /**
   * A second key with which tokens may be signed. Default: none.
   *
   * @param key as {@link #accessKey} says
   * @return this builder
   * @throws IllegalArgumentException if the key is not such
   * @since 0.1
   */
  public FakeWebPubSubBuilder secondaryAccessKey(String key) {
    engine.secondaryAccessKey(key);
    return this;
  }

  /**
   * The port to listen on. Default: 0, a free one, which is right for nearly every test.
   *
   * @param port 0 to 65,535
   * @return this builder
   * @throws IllegalArgumentException if the port is out of that range
   * @since 0.1
   */
  public FakeWebPubSubBuilder port(int port) {
    engine.port(port);
    return this;
  }

  /**
   * The hub that is meant where none is named. Default: {@code hub}.
   *
   * @param hub a valid hub name, in any case
   * @return this builder
   * @throws IllegalArgumentException if that is no hub name
   * @since 0.1
   */
  public FakeWebPubSubBuilder defaultHub(String hub) {
    Checked.hub(hub);
    defaultHub = hub;
    return this;
  }

  /**
   * Whether a client may connect without any token; it then has no user, no roles and no groups.
   * Default: false, as in Azure.
   *
   * @param allowed the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder anonymousAllowed(boolean allowed) {
    return turn(Option.ANONYMOUS_ALLOWED, allowed);
  }

  /**
   * Whether a group message from a sender without a user id says {@code "fromUserId":null}, as
   * Microsoft's emulator does, instead of leaving the key out. Default: false.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder nullFromUserId(boolean on) {
    return turn(Option.NULL_FROM_USER_ID, on);
  }

  /**
   * Whether {@code connected} leaves {@code userId} out for a connection without one, instead of
   * {@code null}. Default: false, as in Azure.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder omitNullUserId(boolean on) {
    return turn(Option.OMIT_NULL_USER_ID, on);
  }

  /**
   * Whether host and port in the audience of a token must be those of this fake; otherwise only the
   * path counts. Default: true.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder checkAudienceHost(boolean on) {
    return turn(Option.CHECK_AUDIENCE_HOST, on);
  }

  /**
   * Whether the audience of a REST token is checked as strictly as by Microsoft's emulator, which
   * refuses some URLs that official SDKs sign. Default: false.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder strictAudience(boolean on) {
    return turn(Option.STRICT_AUDIENCE, on);
  }

  /**
   * Whether a Microsoft Entra token is accepted over REST after a look at its audience and lifetime
   * only. Default: false.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder acceptUnvalidatedEntraTokens(boolean on) {
    return turn(Option.ACCEPT_UNVALIDATED_ENTRA_TOKENS, on);
  }

  /**
   * Whether any {@code api-version} is accepted over REST, for SDKs that are newer than this kit.
   * Default: false.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder anyApiVersion(boolean on) {
    return turn(Option.ANY_API_VERSION, on);
  }

  /**
   * Whether {@code %2F} in a REST path is decoded to a slash inside a name. Default: false, as in
   * Azure.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder decodeSlash(boolean on) {
    return turn(Option.DECODE_SLASH, on);
  }

  /**
   * Whether a REST send without {@code Content-Length} is refused with 400, as Microsoft's emulator
   * does. Default: false.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder requireContentLength(boolean on) {
    return turn(Option.REQUIRE_CONTENT_LENGTH, on);
  }

  /**
   * Whether adding a user without a connection to a group is answered 200, as old API versions did,
   * instead of 404. Nothing is remembered for later connections. Default: false.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder acceptOfflineUsers(boolean on) {
    return turn(Option.ACCEPT_OFFLINE_USERS, on);
  }

  /**
   * Whether {@code :generateToken} can be called with a token that was signed with the access key.
   * Default: false, as in Azure, which wants a Microsoft Entra token there.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder accessKeyGenerateToken(boolean on) {
    return turn(Option.ACCESS_KEY_GENERATE_TOKEN, on);
  }

  /**
   * How long a reliable connection that has lost its socket can be recovered. Default: 30 seconds,
   * as in Azure.
   *
   * @param window zero or more; with zero no connection can be recovered
   * @return this builder
   * @throws IllegalArgumentException if {@code window} is negative
   * @since 0.1
   */
  public FakeWebPubSubBuilder recoveryWindow(Duration window) {
    options.set(Setting.RECOVERY_WINDOW, window);
    return this;
  }

  /**
   * Whether a {@code connected} message with a fresh reconnection token comes first after a
   * recovery, as Azure's documentation allows. Default: false, as Microsoft's emulator does it.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder connectedAfterRecovery(boolean on) {
    return turn(Option.CONNECTED_AFTER_RECOVERY, on);
  }

  /**
   * Whether a reliable connection can be recovered after its client has sent a close frame without
   * a status code, as browsers do on {@code close()}. Default: false; such a close is final.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder keepOnCloseWithoutStatus(boolean on) {
    return turn(Option.KEEP_ON_CLOSE_WITHOUT_STATUS, on);
  }

  /**
   * Whether messages that a reliable client has not acknowledged are dropped once the {@code
   * ttlSeconds} or {@code messageTtlSeconds} of their sender are over, as Azure's documentation
   * says. Their sequence ids are then missing. Default: false, as in Microsoft's emulator, which
   * only checks that the number is valid.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder expireByTtl(boolean on) {
    return turn(Option.EXPIRE_BY_TTL, on);
  }

  /**
   * How many messages may wait for a client that does not read, or, if it is reliable, that does
   * not acknowledge. Default: 1,000, as in Azure. The kit's reliable clients acknowledge when 100
   * messages have come or a second is over.
   *
   * @param max at least 1
   * @return this builder
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @since 0.1
   */
  public FakeWebPubSubBuilder maxQueuedMessages(int max) {
    options.set(Setting.MAX_QUEUED_MESSAGES, max);
    return this;
  }

  /**
   * How many bytes may wait for a client that does not read, or, if it is reliable, that does not
   * acknowledge. Default: 16 MiB, as in Azure.
   *
   * @param max at least 1
   * @return this builder
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @since 0.1
   */
  public FakeWebPubSubBuilder maxQueuedBytes(long max) {
    options.set(Setting.MAX_QUEUED_BYTES, max);
    return this;
  }

  /**
   * Whether a client that does not read, or, if it is reliable, does not acknowledge is closed with
   * 1008 and a reason once too much waits for it, instead of being cut off without a close frame.
   * What waits is dropped either way. Default: false, as Microsoft's emulator does it.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder closeOnOverflow(boolean on) {
    return turn(Option.CLOSE_ON_OVERFLOW, on);
  }

  /**
   * Whether a client on a subprotocol is closed with 1011 when its event fails, after the negative
   * ack if it wanted one, as older pages of Azure say. Default: false, it stays connected.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder dropOnUserEventFailure(boolean on) {
    return turn(Option.DROP_ON_USER_EVENT_FAILURE, on);
  }

  /**
   * With which code a simple client is closed when its message fails. Default: 1011, with a reason;
   * 1000, then without one, has been seen in Azure.
   *
   * @param code 1011 or 1000
   * @return this builder
   * @throws IllegalArgumentException if it is any other code
   * @since 0.1
   */
  public FakeWebPubSubBuilder rawFailureCloseCode(int code) {
    options.set(Setting.RAW_FAILURE_CLOSE_CODE, code);
    return this;
  }

  /**
   * The size above which a message goes out in fragments, each of that size but the last. Default:
   * never, every message is one frame; the official Java client can read nothing else.
   *
   * @param bytes at least 1
   * @return this builder
   * @throws IllegalArgumentException if {@code bytes} is less than 1
   * @since 0.1
   */
  public FakeWebPubSubBuilder fragmentOutgoingAbove(int bytes) {
    options.set(Setting.FRAGMENT_OUTGOING_ABOVE, bytes);
    return this;
  }

  /**
   * An event handler of a hub; further ones stand behind it. The first that takes an event gets it.
   * Default: none, so that events fail and everybody with a valid token may connect.
   *
   * <pre>{@code
   * FakeWebPubSub.builder()
   *     .eventHandler("chat", EventHandler.url("http://localhost:8080/eventhandler/{event}"))
   * }</pre>
   *
   * @param hub the hub, in any case
   * @param handler URL and events
   * @return this builder
   * @throws IllegalArgumentException if that is no hub name
   * @since 0.1
   */
  public FakeWebPubSubBuilder eventHandler(String hub, EventHandler handler) {
    eventHandlers
        .computeIfAbsent(Checked.hub(hub), name -> new ArrayList<>())
        .add(Objects.requireNonNull(handler, "handler"));
    return this;
  }

  /**
   * How long the service waits before it calls a handler again that was not reached or answered 408
   * or 5xx. Default: three times zero, so that it calls as often as Azure and no test waits; Azure
   * waits 1, 3 and 5 seconds.
   *
   * @param delays one for each retry, by the {@linkplain FakeWebPubSub#clock() clock} of the fake;
   *     none for no retry
   * @return this builder
   * @throws IllegalArgumentException if one of them is negative
   * @since 0.1
   */
  public FakeWebPubSubBuilder handlerRetryDelays(Duration... delays) {
    options.set(Setting.HANDLER_RETRY_DELAYS, List.of(delays));
    return this;
  }

  /**
   * How long a handler has for the answer to an event, retries included. Default: 100 seconds.
   *
   * @param deadline more than zero, by the {@linkplain FakeWebPubSub#clock() clock} of the fake
   * @return this builder
   * @throws IllegalArgumentException if it is zero or negative
   * @since 0.1
   */
  public FakeWebPubSubBuilder handlerDeadline(Duration deadline) {
    options.set(Setting.HANDLER_DEADLINE, deadline);
    return this;
  }

  /**
   * How long a handler has for the answer to a validation request. Default: 10 seconds.
   *
   * @param deadline more than zero, by the {@linkplain FakeWebPubSub#clock() clock} of the fake
   * @return this builder
   * @throws IllegalArgumentException if it is zero or negative
   * @since 0.1
   */
  public FakeWebPubSubBuilder validationDeadline(Duration deadline) {
    options.set(Setting.VALIDATION_DEADLINE, deadline);
    return this;
  }

  /**
   * Whether the URL of a handler is asked for its consent before its first event, by an {@code
   * OPTIONS} request (abuse protection). Default: true.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder validateHandlers(boolean on) {
    return turn(Option.VALIDATE_HANDLERS, on);
  }

  /**
   * Whether handlers are told this fake's host with its port, as early releases of the express
   * middleware want it. Default: false, the host alone, as in Azure.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder originWithPort(boolean on) {
    return turn(Option.ORIGIN_WITH_PORT, on);
  }

  /**
   * Whether a handler may give its consent to several services in one line, with commas between
   * them, as a proxy before it may write them. Default: false, as in Microsoft's emulator.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder splitAllowedOrigin(boolean on) {
    return turn(Option.SPLIT_ALLOWED_ORIGIN, on);
  }

  /**
   * Whether a client that a handler refuses gets the body of its answer, as Azure's pages say.
   * Default: false, only the status, as in Microsoft's emulator.
   *
   * @param on the new value
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder forwardConnectErrorBody(boolean on) {
    return turn(Option.FORWARD_CONNECT_ERROR_BODY, on);
  }

  /**
   * How often each client gets a WebSocket ping; a client that has not answered it when the next
   * one is due is cut off without a close frame. Default: never, because a test does not need it;
   * in Azure it is a setting of the hub, 20 seconds by default.
   *
   * @param interval at least 1 ms, by the {@linkplain FakeWebPubSub#clock() clock} of the fake
   * @return this builder
   * @throws IllegalArgumentException if {@code interval} is shorter
   * @since 0.1
   */
  public FakeWebPubSubBuilder keepAliveInterval(Duration interval) {
    options.set(Setting.KEEP_ALIVE_INTERVAL, interval);
    return this;
  }

  /**
   * By how much the clock of whoever signed a token may differ. Default: 5 minutes, as in Azure.
   *
   * @param skew not negative
   * @return this builder
   * @throws IllegalArgumentException if {@code skew} is negative
   * @since 0.1
   */
  public FakeWebPubSubBuilder tokenClockSkew(Duration skew) {
    options.set(Setting.TOKEN_CLOCK_SKEW, skew);
    return this;
  }

  /**
   * How much the timeline keeps; older entries are dropped and counted. Default: 10,000 entries, 16
   * MiB.
   *
   * @param entries at least 1
   * @param bytes at least 1
   * @return this builder
   * @throws IllegalArgumentException if one of them is less than 1
   * @since 0.1
   */
  public FakeWebPubSubBuilder timelineLimits(int entries, long bytes) {
    options.set(Setting.MAX_TIMELINE_ENTRIES, entries).set(Setting.MAX_TIMELINE_BYTES, bytes);
    return this;
  }

  /**
   * How many requests are kept; older ones are dropped and counted. Default: 10,000.
   *
   * @param max at least 1
   * @return this builder
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @since 0.1
   */
  public FakeWebPubSubBuilder maxRecordedRequests(int max) {
    options.set(Setting.MAX_RECORDED_REQUESTS, max);
    return this;
  }

  /**
   * How many bytes of payload the kept requests may have together; older ones are dropped and
   * counted, the newest is always kept. Default: 16 MiB.
   *
   * @param max at least 1
   * @return this builder
   * @throws IllegalArgumentException if {@code max} is less than 1
   * @since 0.1
   */
  public FakeWebPubSubBuilder maxRecordedRequestBytes(long max) {
    options.set(Setting.MAX_RECORDED_REQUEST_BYTES, max);
    return this;
  }

  /**
   * Further names under which the fake may be addressed, for example that of a proxy before it: a
   * token whose audience has one of them is accepted. Default: none.
   *
   * @param names host names, with a port or without
   * @return this builder
   * @throws IllegalArgumentException if one of them is empty or has a {@code /}
   * @since 0.1
   */
  public FakeWebPubSubBuilder additionalHostNames(String... names) {
    options.set(Setting.ADDITIONAL_HOST_NAMES, List.of(names));
    return this;
  }

  /**
   * Starts the fake.
   *
   * @return a running fake, to be closed by the caller
   * @throws UncheckedIOException if it cannot listen, above all because the port is taken; the
   *     message names the port
   * @since 0.1
   */
  public FakeWebPubSub build() {
    EngineConfig config = engine.build();
    RequestLog requests =
        new RequestLog(
            config.options().get(Setting.MAX_RECORDED_REQUESTS),
            config.options().get(Setting.MAX_RECORDED_REQUEST_BYTES));
    try {
      FakeWebPubSub service =
          new FakeWebPubSub(Engine.start(config), config.keys(), defaultHub, requests);
      eventHandlers.forEach(service::eventHandlers);
      return service;
    } catch (BindException e) {
      throw new UncheckedIOException(
          "port "
              + config.port()
              + " is taken, so the fake cannot listen on it; leave the port out to get a free"
              + " one",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("the fake could not start: " + e.getMessage(), e);
    }
  }

  private FakeWebPubSubBuilder turn(Option which, boolean on) {
    options.turn(which, on);
    return this;
  }
}
