package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.InterruptedWaitException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.handler.EventHandlerSetup;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.expect.Attempt;
import io.github.webpubsubtestkit.internal.expect.UserFrames;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Digest;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import io.github.webpubsubtestkit.internal.upstream.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * A fake Azure Web PubSub service in the test's process: WebSocket endpoint and REST data plane on
 * one local port.
 *
 * <p>Official SDKs reach it through {@link #connectionString()}. It starts in about a millisecond,
 * so give every test its own.
 *
 * <pre>{@code
 * try (FakeWebPubSub service = FakeWebPubSub.start()) {
 *   PubSubClient alice = service.connect(asUser("alice").groups("room"));
 *   new GreetingApp(service.connectionString()).welcome("alice");
 *   assertThat(alice).receivesText("Hello, alice");
 *   assertThat(service).receivesRequest(sendToUser("alice").withText("Hello, alice"));
 * }
 * }</pre>
 *
 * <p>The fake speaks plain HTTP, or TLS with {@link FakeWebPubSubBuilder#https()}. It speaks
 * neither MQTT nor Socket.IO, and has no throttling or quotas; {@link #faults()} makes requests
 * fail. See <a
 * href="https://github.com/webpubsubtestkit/webpubsub-testkit/blob/main/src/docs/differences.md">all
 * differences from Azure and from Microsoft's emulator</a>, and <a
 * href="https://github.com/webpubsubtestkit/webpubsub-testkit/blob/main/src/docs/options.md">all
 * options of {@link #builder()}</a>.
 *
 * <p>All methods may be called from any thread. A closed fake can still be inspected, but
 * connecting, sending and {@link #awaitIdle()} throw an {@link IllegalStateException}.
 *
 * @since 0.1
 */
public final class FakeWebPubSub extends ServerSide
    implements AssertProvider<ServiceAssert>, AutoCloseable {

  /** The turns in which the fake accepts a connection and reads a request. */
  private static final int TURNS_TO_READ = 3;

  private final String defaultHub;
  private final ObjectMapping mapping;
  private final WaitTimes times;
  private final Map<String, List<EventHandler>> eventHandlers;
  private final EarlierServices earlier = new EarlierServices();
  private final boolean strict;
  private final Era.Current current = new Era.Current();
  private final TestClock clock;
  private final FaultOrders faults;
  private final Leftovers.Tracked tracked;

  private final Object closing = new Object(); // also held while the fake is reset
  private boolean closed; // guarded by closing

  /**
   * A fake with this engine.
   *
   * @param eventHandlers those it has from the start and after each reset, by hub
   * @param strict whether tests fail for more than exceptions and faults
   */
  FakeWebPubSub(
      Engine engine,
      String defaultHub,
      ObjectMapping mapping,
      WaitTimes times,
      Map<String, List<EventHandler>> eventHandlers,
      boolean strict) {
    this.defaultHub = defaultHub;
    this.mapping = mapping;
    this.times = times;
    this.eventHandlers = eventHandlers;
    this.strict = strict;
    this.clock = new TestClock(current::engine);
    this.faults = new FaultOrders(current::engine, mapping);
    current.set(begin(engine));
    Leftovers.OF_JVM.reportTo(engine);
    this.tracked = Leftovers.OF_JVM.track(this, current::closeEngine);
  }

  /**
   * Starts a fake with all defaults: a free port, a random access key, the hub {@code hub}.
   *
   * @return a running fake, to be closed by the caller
   * @throws UncheckedIOException if it cannot listen on the loopback address
   * @since 0.1
   */
  public static FakeWebPubSub start() {
    return builder().build();
  }

  /**
   * Starts configuring a fake that differs from the defaults.
   *
   * @return a new builder
   * @since 0.1
   */
  public static FakeWebPubSubBuilder builder() {
    return new FakeWebPubSubBuilder();
  }

  @Override
  public String connectionString() {
    return engine().connectionString();
  }

  @Override
  public URI endpoint() {
    return engine().endpoint();
  }

  @Override
  public String defaultHub() {
    return defaultHub;
  }

  /**
   * Returns a context for HTTP clients in Java that trust the certificate of this fake, and
   * otherwise what the JVM trusts. A server of the test may use it, too: it then shows the same
   * certificate, which the fake's event handler calls trust.
   *
   * <pre>{@code
   * HttpClient client = HttpClient.newBuilder().sslContext(service.sslContext()).build();
   * }</pre>
   *
   * @return the same context for all fakes, except those with a {@linkplain
   *     FakeWebPubSubBuilder#keyStore key store} of yours
   * @since 0.1
   */
  public SSLContext sslContext() {
    return identity().context();
  }

  /**
   * Returns the certificate that this fake shows if it has TLS: the kit's own, or that of your
   * {@linkplain FakeWebPubSubBuilder#keyStore key store}.
   *
   * @return the certificate
   * @since 0.1
   */
  public X509Certificate certificate() {
    return identity().certificate();
  }

  /**
   * Writes the certificate of this fake, with those that issued it, as PEM, for clients that are
   * not on the JVM, for example with {@code NODE_EXTRA_CA_CERTS=fake.pem}.
   *
   * @param file the file, which is created or replaced
   * @return the file
   * @throws UncheckedIOException if it cannot be written; the message names it
   * @since 0.1
   */
  public Path writeCertificate(Path file) {
    notNull(file, "writeCertificate", "file");
    try {
      return Files.writeString(file, identity().pem());
    } catch (IOException e) {
      throw new UncheckedIOException("the certificate cannot be written to " + file, e);
    }
  }

  private TlsIdentity identity() {
    return engine().identity().orElseGet(TlsIdentity::ofKit);
  }

  /**
   * Returns a token as Microsoft Entra ID issues it for an application's server, without a valid
   * signature. The fake accepts it over REST with {@link TokenOptions#acceptUnvalidatedEntraTokens}
   * and otherwise answers 401.
   *
   * <p>SDKs send such tokens over {@linkplain FakeWebPubSubBuilder#https() TLS} only. {@code
   * AzureCredentials} makes a credential of it for those in Java.
   *
   * <pre>{@code
   * HttpRequest.newBuilder(URI.create(service.endpoint() + "/api/hubs/chat/:send"))
   *     .header("Authorization", "Bearer " + service.entraToken());
   * }</pre>
   *
   * @return a new token, valid for an hour in the time of this fake
   * @since 0.1
   */
  public String entraToken() {
    return engine().tokens().entraToken();
  }

  /**
   * Returns the primary access key, which signs tokens.
   *
   * @return the primary access key
   * @since 0.1
   */
  public String accessKey() {
    return engine().keys().primary();
  }

  /**
   * Returns the secondary access key, which may also sign tokens.
   *
   * @return the key, if any
   * @since 0.1
   */
  public Optional<String> secondaryAccessKey() {
    return Optional.ofNullable(engine().keys().secondary());
  }

  /**
   * The connection string with the secondary key, for an application that switches to it before the
   * primary key is regenerated.
   *
   * @return the connection string; empty if there is no secondary key
   * @since 0.1
   */
  public Optional<String> secondaryConnectionString() {
    return secondaryAccessKey().map(engine()::connectionString);
  }

  /**
   * Replaces the primary key by a new one, as "Regenerate Primary Key" in the Azure portal does.
   *
   * <p>Tokens signed with the old key are rejected with 401 from now on, over REST and in
   * handshakes; the timeline records the regeneration. Open connections stay open, and reliable
   * ones can be recovered. {@link #connectionString()} and the kit's own clients use the new key at
   * once.
   *
   * <pre>{@code
   * service.regenerateSecondaryKey();
   * app.reconfigure(service.secondaryConnectionString().orElseThrow());
   * service.regeneratePrimaryKey();
   * app.broadcast("still here");
   * assertThat(service).receivesRequest(sendToAll().withText("still here"));  // passes
   * assertThat(service).receivesRequest(sendToAll().withOutcome("401"));      // fails: "202"
   * }</pre>
   *
   * @return the new key
   * @since 0.1
   */
  public String regeneratePrimaryKey() {
    String key = engine().keys().regeneratePrimary();
    regenerated("primary");
    return key;
  }

  /**
   * Replaces the secondary key by a new one, as "Regenerate Secondary Key" in the Azure portal
   * does; if there was none, there is one now.
   *
   * <p>The effect on tokens and connections is the same as that of {@link #regeneratePrimaryKey()}.
   *
   * @return the new key
   * @since 0.1
   */
  public String regenerateSecondaryKey() {
    String key = engine().keys().regenerateSecondary();
    regenerated("secondary");
    return key;
  }

  private void regenerated(String which) {
    engine()
        .timeline()
        .record(
            "keys",
            Direction.NOTE,
            "the "
                + which
                + " access key was regenerated: tokens signed with the old one are rejected from"
                + " now on");
  }

  /**
   * Returns the clock of this fake, which a test can move.
   *
   * @return the clock of this fake alone; always the same object
   * @since 0.1
   */
  public TestClock clock() {
    return clock;
  }

  /**
   * Returns the faults of this fake, which a test can add to.
   *
   * <pre>{@code
   * service.faults().request(sendToAll()).answer(503).times(2);
   * }</pre>
   *
   * @return the faults of this fake alone; always the same object
   * @since 0.1
   */
  public Faults faults() {
    return faults.facade();
  }

  @Override
  public URI clientUrl(ConnectOptions options) {
    notNull(options, "clientUrl", "options");
    return era().clients().url(options);
  }

  @Override
  public PubSubClient connect(ConnectOptions options) {
    notNull(options, "connect", "options");
    return era().clients().connect(options);
  }

  @Override
  public PubSubClient connect(URI clientUrl) {
    notNull(clientUrl, "connect", "clientUrl");
    return era().clients().connect(clientUrl);
  }

  @Override
  public SimpleClient connectSimple(ConnectOptions options) {
    notNull(options, "connectSimple", "options");
    return era().clients().connectSimple(options);
  }

  @Override
  public SimpleClient connectSimple(URI clientUrl) {
    notNull(clientUrl, "connectSimple", "clientUrl");
    return era().clients().connectSimple(clientUrl);
  }

  /**
   * Lists all connections of all hubs, including the kit's own.
   *
   * @return a snapshot, ordered by hub name and, within a hub, by the time of connecting
   * @since 0.1
   */
  public List<ConnectionInfo> connections() {
    return era().state().connections();
  }

  /**
   * Lists all connections of one hub, including the kit's own.
   *
   * @param hub the hub, in any case
   * @return a snapshot, ordered by the time of connecting
   * @throws IllegalArgumentException if the hub name is invalid
   * @since 0.1
   */
  public List<ConnectionInfo> connections(String hub) {
    notNull(hub, "connections", "hub");
    return era().state().connections(Checked.hub(hub));
  }

  /**
   * Returns the users with a connection to the default hub.
   *
   * @return a snapshot; connections without a user id are omitted
   * @since 0.1
   */
  public Set<String> users() {
    return era().state().users(defaultHub);
  }

  /**
   * Returns the users whose connections are members of a group of the default hub.
   *
   * @param group the group
   * @return a snapshot; members without a user id are omitted, see {@link #connections()} for them
   * @throws IllegalArgumentException if the group name is invalid
   * @since 0.1
   */
  public Set<String> groupMembers(String group) {
    notNull(group, "groupMembers", "group");
    return era().state().members(defaultHub, Checked.group(group));
  }

  /**
   * Waits until all pending work has been done and delivered: the messages of the kit's clients
   * have arrived, no request is being processed, and every connection, including those of the
   * application under test, has read its messages.
   *
   * <p>"Read" is not "handled": a client answers the service's ping when it reads it from the
   * socket, possibly before its own code has seen the preceding messages. Waits at most for the
   * {@linkplain FakeWebPubSubBuilder#timeout timeout of the service}, by default 5 seconds.
   *
   * <pre>{@code
   * app.onMessage(received::add);                 // a client under test
   * service.sendToAll("hi");
   * service.awaitIdle();                          // returns when the client has read "hi"
   * app.stopReading();
   * service.awaitIdle();                          // fails after 5 s and names the connection
   * }</pre>
   *
   * @throws AssertionError if something is still busy when the time is up; the message names the
   *     connection, request or handler
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public void awaitIdle() {
    era().clients().expectIdle(times.usual());
  }

  /**
   * Returns the requests of applications and clients, including rejected requests and handshakes,
   * oldest first.
   *
   * @return a snapshot of the recorded requests, see {@link TimelineOptions#maxRecordedRequests}
   * @since 0.1
   */
  public List<RecordedRequest> requests() {
    return era().log().requests(mapping);
  }

  /**
   * Accepts all user events from now on, as an event listener in Azure does: they are recorded and
   * get no response. An event handler that accepts them is still called.
   *
   * <p>Without it and without an event handler, events fail: a simple client that sends is closed
   * with 1011, and an event of a PubSub client gets a negative ack.
   *
   * <pre>{@code
   * service.recordEvents();
   * simple.sendText("hi");
   * assertThat(service).receivesEvent("message").hasText("hi");
   * }</pre>
   *
   * @since 0.1
   */
  public void recordEvents() {
    engine().recordEvents(true);
  }

  /**
   * Adds an event handler to a hub: the URL of an application, or a stub in the test.
   *
   * <pre>{@code
   * service.eventHandler("chat").url("http://localhost:" + port + "/eventhandler/{event}");
   *
   * EventHandlerStub handler = service.eventHandler("news")
   *     .onConnect(event -> event.query("ticket").isEmpty() ? reject(401) : accept())
   *     .onUserEvent("shout", event -> reply(event.text().toUpperCase()));
   * assertThat(handler).receivesEvents("connect", "connected");
   * }</pre>
   *
   * @param hub the hub, in any case
   * @return the next step, which completes the registration
   * @throws IllegalArgumentException if the hub name is invalid
   * @since 0.1
   */
  public EventHandlerSetup eventHandler(String hub) {
    notNull(hub, "eventHandler", "hub");
    return era().handlers().setup(Checked.hub(hub));
  }

  /**
   * Replaces all event handlers of a hub, stubs included, from its next event on; its connections
   * stay.
   *
   * @param hub the hub, in any case
   * @param inOrder the handlers, in order of precedence: the first that accepts an event gets it;
   *     none for no handler
   * @throws IllegalArgumentException if the hub name is invalid
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public void eventHandlers(String hub, EventHandler... inOrder) {
    notNull(hub, "eventHandlers", "hub");
    noneNull(inOrder, "eventHandlers", "inOrder");
    eventHandlers(hub, List.of(inOrder));
  }

  void eventHandlers(String hub, List<EventHandler> inOrder) {
    era().handlers().replace(Checked.hub(hub), inOrder);
  }

  /**
   * Validates the URLs of a hub's event handlers (abuse protection) now, as Azure does when a
   * handler is configured, instead of before the first event. Waits at most {@link
   * EventOptions#validationDeadline}, by default 10 seconds.
   *
   * <pre>{@code
   * service.eventHandler("chat").url(app.url());
   * service.validateEventHandlers("chat"); // fails if the application does not answer OPTIONS
   * }</pre>
   *
   * @param hub the hub, in any case
   * @throws AssertionError if one of them refuses or does not answer; the message names it and the
   *     reason
   * @throws IllegalArgumentException if the hub name is invalid
   * @throws IllegalStateException if the fake is closed
   * @since 0.1
   */
  public void validateEventHandlers(String hub) {
    notNull(hub, "validateEventHandlers", "hub");
    era().clients().checkOpen();
    era().handlers().validate(Checked.hub(hub));
  }

  /**
   * Returns the timeline of all events as text, one line each, followed by the {@linkplain
   * #faults() faults} that never triggered.
   *
   * @return the timeline; tokens and keys are masked, long payloads are cut
   * @since 0.1
   */
  public String timeline() {
    StringBuilder text = new StringBuilder(engine().timeline().print());
    faults.unmet().forEach(line -> text.append(line).append(System.lineSeparator()));
    return text.toString();
  }

  /**
   * Returns the entries of the timeline as data, for tests and tools that look for something in it.
   *
   * @return an unmodifiable snapshot, in order of time
   * @since 0.1
   */
  public List<TimelineEntry> timelineEntries() {
    return engine().timeline().entries().stream().map(TimelineEntry::new).toList();
  }

  /**
   * Supports {@code assertThat(service)} of AssertJ.
   *
   * @return an assertion on this fake
   * @since 0.1
   */
  @Override
  public ServiceAssert assertThat() {
    return new ServiceAssert(this);
  }

  /**
   * Verifies that nothing went wrong that the test itself may not have noticed: no exception in a
   * callback of an {@link io.github.webpubsubtestkit.handler.EventHandlerStub}, none on a thread of
   * the kit, and no {@link #faults() fault} that was not met or not finished. First waits for
   * callbacks that are still running, at most for the timeout of the service.
   *
   * <p>{@code @WebPubSubTest} and {@code WebPubSubExtension} check this after each test. For a fake
   * that is started by hand, call it at the end of the test; {@link #close()} reports nothing. What
   * was reported once is not reported again.
   *
   * <pre>{@code
   * try (FakeWebPubSub service = FakeWebPubSub.start()) {
   *   service.eventHandler("hub").onUserEvent(
   *       event -> { assertThat(event.text()).isEqualTo("hi"); return acknowledge(); });
   *   service.connectSimple(asUser("alice")).sendText("hi");
   *   service.assertNoFailures();                             // passes
   *   service.connectSimple(asUser("bob")).sendText("ho");
   *   service.assertNoFailures();                             // fails, and shows the assertion
   * }
   * }</pre>
   *
   * @throws AssertionError if something went wrong; its cause is the exception of the callback
   * @throws IllegalStateException if it is called in a callback
   * @since 0.1
   */
  public void assertNoFailures() {
    failures()
        .check(0, true)
        .ifPresent(
            failure -> {
              UserFrames.trim(failure);
              throw failure;
            });
  }

  /**
   * Makes this fake as it was when it was built, for the next test that shares it. Its address, its
   * keys and its options stay, and so do the event handlers of its builder.
   *
   * <p>Ends: all connections, those of the test with their groups and permissions and those of the
   * application, closed with 1001; event handlers and stubs that were added since, and {@link
   * #recordEvents()}; {@link #faults()}; the recorded requests and the timeline. The {@link
   * #clock()} shows the real time again.
   *
   * <p>Nothing of before can reach what comes after: messages and events under way are dropped, and
   * so are retries of events; callbacks of stubs are interrupted, and can no longer use this fake;
   * requests under way, those that a fault holds back included, are answered 410, which no SDK
   * retries. Closed connections cannot be recovered, and tokens that this fake has issued, those in
   * {@linkplain #clientUrl client URLs} above all, are answered 401. The application gets no event
   * of all that. Its own connection string remains valid, and so do tokens that it signs itself.
   * What went wrong in a callback before is still reported, see {@link #assertNoFailures()}.
   *
   * <p>A concurrent call of {@code reset()} or {@link #close()} waits; other calls concern either
   * what was before or what comes after. A client that is connecting meanwhile fails to.
   *
   * <pre>{@code
   * service.reset();
   * assertThat(service).hasConnections(0);        // passes
   * alice.sendToGroup("room", "hi");              // IllegalStateException: she was closed with 1001
   * }</pre>
   *
   * @return what a tidy test would not have left, a line each, such as open connections, faults
   *     that were not met, requests and events without an answer, and callbacks that did not end;
   *     also the first line of the new timeline
   * @throws IllegalStateException if the fake is closed or has failed, or in a callback
   * @since 0.1
   */
  public List<String> reset() {
    era().clients().checkNotInCallback("reset()");
    if (engine().loop().inLoop()) {
      throw new IllegalStateException(
          "reset() waits for the thread of the service, so it cannot be called there. Call it in"
              + " the test");
    }
    synchronized (closing) {
      Era old = era();
      old.clients().checkOpen();
      for (int i = 0; i < TURNS_TO_READ; i++) { // what was sent before belongs to the time before
        old.engine().awaitTurn();
      }
      List<String> left = new ArrayList<>();
      old.engine()
          .renew(
              next -> {
                left.addAll(leftOver(old));
                faults.reset(); // the engine answers the requests that they hold back
                current.set(begin(next));
              },
              times.stop().time());
      List<String> running = old.handlers().retire();
      running.forEach(each -> engine().timeline().incidents().addStray(null, each));
      left.addAll(running);
      old.clients().endByReset();
      engine()
          .timeline()
          .record(
              "service",
              Direction.NOTE,
              "reset, "
                  + (left.isEmpty()
                      ? "nothing was left over"
                      : "left over: " + String.join("; ", left)));
      return List.copyOf(left);
    }
  }

  /**
   * Closes the kit's clients, then all other connections with 1001, and frees the port.
   *
   * <p>Closing again has no effect; a concurrent call waits for the first.
   *
   * @throws IllegalStateException if an internal failure, given as the cause, had ended the fake
   *     before, or it does not end in time, or if it is called in a callback of a stub
   * @since 0.1
   */
  @Override
  public void close() {
    era().clients().checkNotInCallback("close()");
    synchronized (closing) {
      if (closed) {
        return;
      }
      closed = true;
      Era last = era();
      last.engine().timeline().incidents().close();
      tracked.closed();
      Closing engine = () -> last.engine().close(times.stop().time());
      Closing callbacks = () -> stopCallbacks(last);
      try (engine;
          callbacks) {
        last.clients().close();
      } finally {
        faults.close();
      }
    }
  }

  private void stopCallbacks(Era last) {
    for (String text : last.handlers().stop()) {
      last.engine().timeline().record("service", Direction.NOTE, text);
      Leftovers.OF_JVM.add(text);
    }
  }

  /** A step of closing, which throws no checked exception. */
  private interface Closing extends AutoCloseable {
    @Override
    void close();
  }

  /** Returns the address and the default hub, without the access key. */
  @Override
  public String toString() {
    return "FakeWebPubSub[" + endpoint() + ", hub " + defaultHub + "]";
  }

  @Override
  ServerCalls server() {
    era().clients().checkOpen();
    return era().server();
  }

  @Override
  ObjectMapping mapping() {
    return mapping;
  }

  /**
   * Waits for a request and takes it, as {@link ServiceAssert#receivesRequest} does, for tests that
   * need the request itself.
   *
   * <pre>{@code
   * Bid bid = service.awaitRequest(sendToGroup("lot-7")).json(Bid.class);   // passes
   * service.awaitRequest(sendToGroup("lot-7"));   // fails after 5 s, and shows what came instead
   * }</pre>
   *
   * @param pattern the request
   * @return the request
   * @throws AssertionError if none arrives within the default time, 5 seconds unless configured
   * @since 0.1
   */
  public RecordedRequest awaitRequest(RequestPattern pattern) {
    notNull(pattern, "awaitRequest", "pattern");
    return UserFrames.beginning(() -> new ServiceAssert(this).take(pattern));
  }

  /** The time since this service started. */
  Duration now() {
    return engine().timeline().now();
  }

  /** The latest operations of everyone. */
  Journal journal() {
    return era().journal();
  }

  /** Why something may be missing in a hub, or in any, a line each. */
  List<String> troubles(@Nullable String hub) {
    return era().clients().evidence().troubles(hub, Duration.ZERO);
  }

  /**
   * Why an event may not have been sent to a handler.
   *
   * @param troubles those of the hub, as {@link #troubles} says
   */
  SentReport.WhyNot whyNotSent(String event, @Nullable String hub, List<String> troubles) {
    Upstream upstream = engine().upstream();
    String without = hub == null ? defaultHub : hub;
    boolean taken = hub == null ? upstream.hasHandlers() : !upstream.handlers(hub).isEmpty();
    return SentReport.WhyNot.of(event, taken ? null : without, upstream.isListening(), troubles);
  }

  WaitTimes times() {
    return times;
  }

  EarlierServices earlier() {
    return earlier;
  }

  /** What a tidy test would not leave, a line each. */
  private List<String> leftOver(Era now) {
    List<String> left = new ArrayList<>(now.leftOver());
    left.addAll(faults.unmet());
    return left;
  }

  private Era begin(Engine engine) {
    return new Era(engine, faults, defaultHub, mapping, times, earlier, eventHandlers, strict);
  }

  private Engine engine() {
    return current.engine();
  }

  /** What this fake consists of now; not for callbacks that began before a reset. */
  private Era era() {
    return current.get();
  }

  /** What went wrong outside of what the test asserts. */
  FakeFailures failures() {
    return era().failures();
  }

  /** What tells most of what was asked and what failed since a moment of the timeline. */
  List<Digest.Line> atTheService(Duration since) {
    return AtTheService.lines(engine(), journal(), since, mapping.display());
  }

  /** The record behind the {@link #timeline()}. */
  Timeline record() {
    return engine().timeline();
  }

  /** The waiting of an assertion, which gives this report if it is in vain. */
  Attempt attempt(Supplier<String> report) {
    return new Attempt(engine().timeline(), report, InterruptedWaitException::new);
  }

  /** The latest events that were sent to event handlers. */
  SentLog sent() {
    return era().sent();
  }

  RequestLog log() {
    return era().log();
  }

  HubInspector state() {
    return era().state();
  }

  KitClients clients() {
    return era().clients();
  }
}
