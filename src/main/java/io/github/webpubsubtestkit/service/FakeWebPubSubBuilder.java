package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.engine.EngineConfig;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Configures a fake. Every setting is optional.
 *
 * <p>Its address, keys, hub and event handlers are set here; all other settings are options, in
 * groups:
 *
 * <table>
 * <caption>The groups</caption>
 * <tr><td>{@link #tokens tokens}</td><td>accepted tokens and clients</td></tr>
 * <tr><td>{@link #clients clients}</td><td>messages to clients, and the end of their connections</td></tr>
 * <tr><td>{@link #rest rest}</td><td>the REST API</td></tr>
 * <tr><td>{@link #events events}</td><td>calls of event handlers</td></tr>
 * <tr><td>{@link #limits limits}</td><td>messages and bytes pending for a client</td></tr>
 * <tr><td>{@link #timeline timeline}</td><td>the size of the timeline and of the recorded requests</td></tr>
 * </table>
 *
 * <pre>{@code
 * FakeWebPubSub.builder()
 *     .defaultHub("chat")
 *     .tokens(tokens -> tokens.anonymousAllowed(true))
 *     .clients(clients -> clients.closeOnOverflow(true).expireByTtl(true))
 *     .build();
 * }</pre>
 *
 * @since 0.1
 */
public final class FakeWebPubSubBuilder {

  private final EngineConfig.Builder engine = EngineConfig.builder();
  private final TimelineOptions timeline = new TimelineOptions(engine.options());
  private String defaultHub = "hub";
  private final Map<String, List<EventHandler>> eventHandlers = new LinkedHashMap<>();

  private boolean secure;
  private boolean ownCertificate;

  private boolean strict;
  private ObjectMapping mapping = ObjectMapping.ofClassPath();
  private @Nullable Duration timeout;

  FakeWebPubSubBuilder() {}

  // ---- the fake itself

  /**
   * Sets the port to listen on. Default: 0, which picks a free one and suits nearly every test.
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
   * Sets the address to listen on. Default: {@code 127.0.0.1}, which other machines cannot reach.
   *
   * <p>An application in a container needs no other address if Testcontainers forwards the port,
   * which it does from the loopback address; only the host in its connection string must be
   * changed:
   *
   * <pre>{@code
   * Testcontainers.exposeHostPorts(service.endpoint().getPort());
   * String fromContainer =
   *     service.connectionString().replace("127.0.0.1", "host.testcontainers.internal");
   * }</pre>
   *
   * <p>For other containers and machines, listen on {@code 0.0.0.0}, which means all addresses of
   * this machine. {@link FakeWebPubSub#connectionString() connectionString}, {@link
   * FakeWebPubSub#endpoint() endpoint} and {@link FakeWebPubSub#clientUrl client URLs} then contain
   * an address that other machines can use, if any; the fake also accepts all other names, such as
   * {@code host.docker.internal}. The kit's own clients connect over the loopback address.
   *
   * <p>The fake is not secured: any client that reaches the address and has the key can use it.
   *
   * @param address an IPv4 or IPv6 address, or a name that resolves to one; {@code 0.0.0.0} or
   *     {@code ::} for all
   * @return this builder
   * @throws IllegalArgumentException if it is blank
   * @since 0.1
   */
  public FakeWebPubSubBuilder listenOn(String address) {
    notNull(address, "listenOn", "address");
    engine.host(address);
    return this;
  }

  /**
   * Serves TLS instead of plain HTTP: endpoint, connection string and client URLs have {@code
   * https} and {@code wss}. Default: plain HTTP, which suits most tests and starts faster.
   *
   * <p>The certificate is the kit's own, for {@code localhost}, {@code 127.0.0.1} and {@code ::1}.
   * Its key is public, as it is in the kit's jar. Clients must trust it: {@link
   * FakeWebPubSub#sslContext} is for those in Java, {@link FakeWebPubSub#writeCertificate} for
   * others.
   *
   * <pre>{@code
   * FakeWebPubSub service = FakeWebPubSub.builder().https().build();
   * HttpClient.newBuilder().sslContext(service.sslContext());   // passes
   * HttpClient.newHttpClient();                                 // fails: does not trust it
   * }</pre>
   *
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder https() {
    secure = true;
    return this;
  }

  /**
   * Serves TLS, as {@link #https()} does, but with a key and certificate of yours, for example for
   * a name by which containers reach the fake.
   *
   * @param file a key store in the format PKCS#12 or JKS; its first private key is used
   * @param password the password of the key store and of the key; not kept
   * @return this builder
   * @throws IllegalArgumentException if the key store cannot be read or has no key; the message
   *     names the file
   * @since 0.1
   */
  public FakeWebPubSubBuilder keyStore(Path file, char[] password) {
    notNull(file, "keyStore", "file");
    notNull(password, "keyStore", "password");
    engine.identity(TlsIdentity.of(file, password));
    ownCertificate = true;
    return this;
  }

  /**
   * Sets the key that signs tokens. Default: a random one for each fake.
   *
   * @param key at least 32 bytes of UTF-8; no {@code ;}, no control characters, no leading or
   *     trailing blank
   * @return this builder
   * @throws IllegalArgumentException if the key is invalid, in particular shorter: official SDKs
   *     would then silently send no token, and all their calls would fail with 401
   * @since 0.1
   */
  public FakeWebPubSubBuilder accessKey(String key) {
    notNull(key, "accessKey", "key");
    engine.accessKey(key);
    return this;
  }

  /**
   * Sets a second key that may also sign tokens. Default: none.
   *
   * @param key a key as for {@link #accessKey}
   * @return this builder
   * @throws IllegalArgumentException if the key is invalid
   * @since 0.1
   */
  public FakeWebPubSubBuilder secondaryAccessKey(String key) {
    notNull(key, "secondaryAccessKey", "key");
    engine.secondaryAccessKey(key);
    return this;
  }

  /**
   * Sets the hub that applies where none is named. Default: {@code hub}.
   *
   * @param hub a valid hub name, in any case
   * @return this builder
   * @throws IllegalArgumentException if the hub name is invalid
   * @since 0.1
   */
  public FakeWebPubSubBuilder defaultHub(String hub) {
    notNull(hub, "defaultHub", "hub");
    Checked.hub(hub);
    defaultHub = hub;
    return this;
  }

  /**
   * Adds an event handler to a hub, after those already added. The first that accepts an event gets
   * it. Default: none, so that events fail and any client with a valid token may connect.
   *
   * <pre>{@code
   * FakeWebPubSub.builder()
   *     .eventHandler("chat", EventHandler.url("http://localhost:8080/eventhandler/{event}"))
   * }</pre>
   *
   * @param hub the hub, in any case
   * @param handler the URL and events
   * @return this builder
   * @throws IllegalArgumentException if the hub name is invalid
   * @since 0.1
   */
  public FakeWebPubSubBuilder eventHandler(String hub, EventHandler handler) {
    notNull(hub, "eventHandler", "hub");
    notNull(handler, "eventHandler", "handler");
    eventHandlers.computeIfAbsent(Checked.hub(hub), name -> new ArrayList<>()).add(handler);
    return this;
  }

  /**
   * Sets how objects are written as JSON and read from it. Default: the only Jackson on the class
   * path, 2.13 or newer, or 3, with its modules; Jackson 3 if both are there. Without it {@code
   * String}, {@code Map}, {@code List}, numbers, booleans and null are JSON, and nothing else is.
   *
   * <pre>{@code
   * // the application's own mapper
   * FakeWebPubSub.builder().jsonMapper(mapper::writeValueAsString, mapper::readValue).build();
   * FakeWebPubSub.builder().jsonMapper(gson::toJson, gson::fromJson).build();
   * }</pre>
   *
   * @param writer writes objects, also plain ones; but a {@code String} is JSON text already
   * @param reader reads them
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder jsonMapper(JsonWriter writer, JsonReader reader) {
    notNull(writer, "jsonMapper", "writer");
    notNull(reader, "jsonMapper", "reader");
    mapping = ObjectMapping.by(new RegisteredMapper(writer, reader));
    return this;
  }

  /**
   * Sets how long everything in the test waits that names no time of its own: assertions on the
   * service, its clients and its stubs, acks, connecting, {@code recover()}, closing and {@link
   * FakeWebPubSub#awaitIdle()}. Default: the system property {@code webpubsub.test.timeout}, else 5
   * seconds; with the JUnit extension, the configuration parameter of that name, which a system
   * property also sets.
   *
   * <p>The parameter {@code webpubsub.test.timeout-factor} multiplies this time, and also those of
   * {@code within(..)} other than zero, but no quiet period, such as that of {@code
   * receivesNoMessageWithin(..)}. Times of the service, such as the deadline for an event handler,
   * are options and unaffected.
   *
   * <pre>{@code
   * FakeWebPubSub service = FakeWebPubSub.builder().timeout(ofSeconds(20)).build();
   * assertThat(alice).receivesText("report finished");   // passes if it comes within 20 s
   * FakeWebPubSub.builder().timeout(ofSeconds(0));       // IllegalArgumentException
   * }</pre>
   *
   * @param timeout more than zero, in real time
   * @return this builder
   * @throws IllegalArgumentException if the timeout is zero or negative
   * @since 0.1
   */
  public FakeWebPubSubBuilder timeout(Duration timeout) {
    notNull(timeout, "timeout", "timeout");
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout must be more than 0 but is " + timeout);
    }
    this.timeout = timeout;
    return this;
  }

  // ---- its options

  /**
   * Sets every option to the value with which the fake behaves like Microsoft's emulator; for some
   * options the emulator's behaviour is not known. Call it first: it overrides earlier settings,
   * and later settings override it.
   *
   * <p>In this version {@link ClientOptions#nullFromUserId nullFromUserId}, {@link
   * TokenOptions#strictAudience strictAudience} and {@link RestOptions#requireContentLength
   * requireContentLength} are on, and {@link EventOptions#handlerRetryDelays handlerRetryDelays}
   * are 1, 3 and 5 seconds.
   *
   * <pre>{@code
   * FakeWebPubSub.builder().likeEmulator().events(events -> events.handlerRetryDelays())
   * }</pre>
   *
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder likeEmulator() {
    engine.options().likeEmulator();
    return this;
  }

  /**
   * Sets options of tokens and of the handshake.
   *
   * @param options changes the options; called immediately
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder tokens(Consumer<TokenOptions> options) {
    notNull(options, "tokens", "options");
    options.accept(new TokenOptions(engine.options()));
    return this;
  }

  /**
   * Sets options of messages to clients and of the end of their connections.
   *
   * @param options changes the options; called immediately
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder clients(Consumer<ClientOptions> options) {
    notNull(options, "clients", "options");
    options.accept(new ClientOptions(engine.options()));
    return this;
  }

  /**
   * Sets options of the REST API.
   *
   * @param options changes the options; called immediately
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder rest(Consumer<RestOptions> options) {
    notNull(options, "rest", "options");
    options.accept(new RestOptions(engine.options()));
    return this;
  }

  /**
   * Sets options of calls of event handlers.
   *
   * @param options changes the options; called immediately
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder events(Consumer<EventOptions> options) {
    notNull(options, "events", "options");
    options.accept(new EventOptions(engine.options()));
    return this;
  }

  /**
   * Sets limits of the messages pending for a client.
   *
   * @param options changes the options; called immediately
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder limits(Consumer<LimitOptions> options) {
    notNull(options, "limits", "options");
    options.accept(new LimitOptions(engine.options()));
    return this;
  }

  /**
   * Sets limits of the timeline and of the recorded requests.
   *
   * @param options changes the options; called immediately
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder timeline(Consumer<TimelineOptions> options) {
    notNull(options, "timeline", "options");
    options.accept(timeline);
    return this;
  }

  // ---- the fake

  /**
   * Makes tests fail for more than exceptions and faults: also for what otherwise only appears in
   * the failures of other assertions and in the timeline. Default: not strict.
   *
   * <ul>
   *   <li>an application's client that violates the protocol
   *   <li>a client of the test that is connected to another service
   *   <li>a negative ack to a {@code sendRaw} that no assertion has looked at
   *   <li>a connection of the application that is still open after the test, on a shared service
   *   <li>a callback of a stub that does not end, and a service that was never closed
   * </ul>
   *
   * <p>The test fails as {@link FakeWebPubSub#assertNoFailures()} describes.
   *
   * <pre>{@code
   * FakeWebPubSub service = FakeWebPubSub.builder().strict().build();
   * client.sendRaw("{\"type\":\"joinGroup\",\"group\":\"room\",\"ackId\":1}");  // lacks the role
   * service.assertNoFailures();        // fails; after assertThat(client).receivesAck(1) it passes
   * }</pre>
   *
   * @return this builder
   * @since 0.1
   */
  public FakeWebPubSubBuilder strict() {
    strict = true;
    return this;
  }

  /**
   * Starts the fake. Later changes of this builder do not affect it.
   *
   * @return a running fake, to be closed by the caller
   * @throws UncheckedIOException if it cannot listen, in particular because the port is taken or
   *     the address does not belong to this machine; the message names it
   * @since 0.1
   */
  public FakeWebPubSub build() {
    if (secure && !ownCertificate) {
      engine.identity(TlsIdentity.ofKit());
    }
    EngineConfig config = engine.build();
    WaitTimes times = WaitTimes.ofSystem(timeout);
    Map<String, List<EventHandler>> handlers = new LinkedHashMap<>();
    eventHandlers.forEach((hub, inOrder) -> handlers.put(hub, List.copyOf(inOrder)));
    Engine started = start(config);
    started.timeline().displayBy(timeline.display());
    try {
      return new FakeWebPubSub(
          started, defaultHub, mapping.shownBy(timeline.display()), times, handlers, strict);
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
  }

  private static Engine start(EngineConfig config) {
    try {
      return Engine.start(config);
    } catch (IOException e) {
      throw new UncheckedIOException(
          e instanceof BindException && isOfThisMachine(config.host())
              ? "port "
                  + config.port()
                  + " is taken, so the fake cannot listen on it; leave the port out to get a free"
                  + " one"
              : "the fake could not start: " + e.getMessage(),
          e);
    }
  }

  private static boolean isOfThisMachine(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }
}
