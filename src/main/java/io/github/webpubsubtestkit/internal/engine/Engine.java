package io.github.webpubsubtestkit.internal.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.webpubsubtestkit.internal.gateway.ClientEndpoint;
import io.github.webpubsubtestkit.internal.gateway.Sessions;
import io.github.webpubsubtestkit.internal.hub.DataPlane;
import io.github.webpubsubtestkit.internal.hub.Hubs;
import io.github.webpubsubtestkit.internal.hub.LoopProgress;
import io.github.webpubsubtestkit.internal.hub.RecordedOperation;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.rest.RestApi;
import io.github.webpubsubtestkit.internal.time.LoopTimers;
import io.github.webpubsubtestkit.internal.time.MovableTimers;
import io.github.webpubsubtestkit.internal.timeline.Digest;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.tls.TlsIdentity;
import io.github.webpubsubtestkit.internal.token.AccessKeys;
import io.github.webpubsubtestkit.internal.token.Issuer;
import io.github.webpubsubtestkit.internal.token.SignedTokens;
import io.github.webpubsubtestkit.internal.token.TokenMinter;
import io.github.webpubsubtestkit.internal.token.TokenVerifier;
import io.github.webpubsubtestkit.internal.token.WebhookSignatures;
import io.github.webpubsubtestkit.internal.transport.HttpExchange;
import io.github.webpubsubtestkit.internal.transport.HttpRequest;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.upstream.Upstream;
import io.github.webpubsubtestkit.internal.wire.Names;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One running fake of the service: WebSocket endpoint and REST API on one port. */
public final class Engine implements AutoCloseable {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** The time in which a client that reads has read its messages. */
  private static final Duration MOMENT = Duration.ofMillis(50);

  /** How long an answer may be held back that is still worth waiting for. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final int TURNS_TO_ANSWER = 8;

  /** The answer to what is under way at a reset; one that no SDK takes for worth a retry. */
  private static final HttpResponse RESET =
      HttpResponse.of(
          410,
          "text/plain",
          "The service was reset while this request was under way.".getBytes(US_ASCII));

  private final Door door;
  private final TransportLoop loop;
  private final AccessKeys keys;
  private final Issuer issuer;
  private final MovableTimers timers;
  private final Timeline timeline;
  private final Hubs hubs;
  private final DataPlane dataPlane;
  private final Upstream upstream;
  private final ClientEndpoint clients;
  private final Sessions sessions;
  private final TokenMinter minter;
  private final TokenVerifier verifier;
  private final FailedConnections failedConnections = new FailedConnections();
  private final List<Consumer<RecordedOperation>> observers = new CopyOnWriteArrayList<>();

  /**
   * Loop thread only. Created on demand, because its routes are a fifth of the classes loaded by a
   * first start.
   */
  private @Nullable RestApi rest;

  private Engine(Door door, AccessKeys keys, Issuer issuer) {
    this.door = door;
    this.loop = door.loop();
    this.keys = keys;
    this.issuer = issuer;
    this.timers = new MovableTimers(door.realTime(), loop);
    Options options = options();
    timeline =
        new Timeline(
            options.get(Setting.MAX_TIMELINE_ENTRIES), options.get(Setting.MAX_TIMELINE_BYTES));
    minter = new TokenMinter(keys, timers, issuer);
    hubs =
        new Hubs(
            options, timeline, timers, progress(loop), new MintedTokens(minter), this::observed);
    sessions = new Sessions(options.get(Setting.KEEP_ALIVE_INTERVAL), timers, hubs.faults().held());
    dataPlane = new DataPlane(hubs);
    upstream =
        new Upstream(options, timers, loop, new WebhookSignatures(keys), this::endpoint, timeline);
    verifier =
        new TokenVerifier(keys, options, timers, InstantSource.system(), this::endpoint, issuer);
    clients =
        new ClientEndpoint(
            dataPlane, upstream, verifier, options, sessions, timeline, this::observed);
  }

  /** Loop thread only: handles a request that has come through the door. */
  void handle(HttpRequest request, HttpExchange exchange) {
    if (ClientEndpoint.serves(request.rawPath())) {
      clients.handle(request, exchange);
    } else {
      rest().handle(request, exchange);
    }
  }

  /** Loop thread only: notes a client that does not speak what the port speaks. */
  void noteUnreadable(String peer, String reason) {
    timeline.record(peer, Direction.NOTE, "no request: " + reason);
    failedConnections.add(timeline.now(), reason);
  }

  private RestApi rest() {
    RestApi api = rest;
    if (api == null) {
      api = new RestApi(dataPlane, verifier, options(), timeline, this::observed);
      rest = api;
    }
    return api;
  }

  /**
   * Starts a fake.
   *
   * @throws IOException if the address cannot be bound; a {@link java.net.BindException} that names
   *     it if it is taken
   */
  public static Engine start(EngineConfig config) throws IOException {
    int number = NUMBER.incrementAndGet();
    LoopTimers real = LoopTimers.realTime();
    TransportLoop loop = TransportLoop.start("webpubsub-fake-" + number, real);
    try {
      loop.execute(SignedTokens::initialize); // no client comes without a token; now it has time
      Door door = new Door(number, config, loop, real);
      Engine engine = new Engine(door, config.keys(), new Issuer(number, 0));
      door.open(engine);
      return engine;
    } catch (IOException | RuntimeException | Error e) {
      loop.close();
      throw e;
    }
  }

  /**
   * Ends everything that is under way and begins anew behind the same port, with the same options
   * and the first keys. Nothing that came before has an effect on the new engine: requests under
   * way are answered 410, connections are closed with 1001, events are given up, and tokens that
   * this engine has issued are void. The application gets no event of all that.
   *
   * @param prepare called on the loop with the new engine, before anything reaches it
   * @param atMost how long to wait for the loop
   * @throws IllegalStateException if the loop has ended, or is busy for longer
   */
  public void renew(Consumer<Engine> prepare, Duration atMost) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    boolean accepted =
        loop.execute(
            () -> {
              try {
                Engine next = new Engine(door, keys.asAtFirst(), issuer.afterReset());
                prepare.accept(next);
                next.timeline.follow(timeline);
                door.leadTo(next);
                end();
                done.complete(null);
              } catch (Throwable failure) {
                done.completeExceptionally(failure);
              }
            });
    if (!accepted) {
      checkNotFailed();
      throw new IllegalStateException("the fake is closed");
    }
    try {
      done.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the service was reset", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("the fake's loop is busy, so it could not be reset", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the reset failed: " + e.getCause(), e.getCause());
    }
  }

  /** Ends everything that is under way here, on the loop thread, when the door leads elsewhere. */
  private void end() {
    loop.answerRequestsUnderWay(RESET);
    upstream.removeHandlers(); // first, so that no end of a connection is told to them
    hubs.close();
    upstream.close();
  }

  private static LoopProgress progress(TransportLoop loop) {
    return new LoopProgress() {
      @Override
      public long turns() {
        return loop.turns();
      }

      @Override
      public void later(Runnable task) {
        loop.timers().schedule(MOMENT, () -> afterTurns(loop, TURNS_TO_ANSWER, task));
      }

      /**
       * Runs a task after some turns, because a loop without processor time has not yet read what
       * clients sent.
       */
      private void afterTurns(TransportLoop loop, int turns, Runnable task) {
        if (turns == 0) {
          task.run();
        } else {
          loop.execute(() -> afterTurns(loop, turns - 1, task));
        }
      }
    };
  }

  private void observed(RecordedOperation operation) {
    observers.forEach(observer -> observer.accept(operation));
  }

  /** Returns whether a hub may have this name (client-protocols C.1). */
  public static boolean isHubName(String name) {
    return Names.isHub(name);
  }

  /** The options of this fake. */
  public Options options() {
    return door.config().options();
  }

  /** The address for SDKs, for example {@code http://127.0.0.1:40123}. */
  public URI endpoint() {
    return door.endpoint();
  }

  /**
   * Host and port by which this machine reaches the fake, independent of its network, for example
   * {@code 127.0.0.1:40123}; nearly always those of the endpoint.
   */
  public String nearestAuthority() {
    return door.nearestAuthority();
  }

  /** A note on the host of the endpoint, if any. */
  public Optional<String> hostNote() {
    return Optional.ofNullable(door.hostNote());
  }

  /** Endpoint and primary key in the form used by official SDKs (rest-api 1). */
  public String connectionString() {
    return connectionString(keys.primary());
  }

  /** The same with another key. */
  public String connectionString(String key) {
    return "Endpoint=" + endpoint() + ";AccessKey=" + key + ";Version=1.0;";
  }

  /** The key and certificates of this fake, if it has TLS. */
  public Optional<TlsIdentity> identity() {
    return Optional.ofNullable(door.config().identity());
  }

  /** The loop on which everything happens. */
  public TransportLoop loop() {
    return loop;
  }

  /** The timeline of this fake. */
  public Timeline timeline() {
    return timeline;
  }

  /** The time of this fake, which a test may move. Its clients have the real one of the loop. */
  public MovableTimers timers() {
    return timers;
  }

  /**
   * Why the latest handshake for this path and query was refused and what its token says, a line
   * each; empty if it was not.
   */
  public List<String> refusal(String rawTarget) {
    return clients.refusals().of(rawTarget);
  }

  /** The service's state. */
  public Hubs hubs() {
    return hubs;
  }

  /** The id of the connection whose client has this address, if it is open. */
  public Optional<String> connectionId(SocketAddress client) {
    return sessions.connectionId(client);
  }

  /** Returns whether a fault keeps this fake from reading what a client sends. */
  public boolean isUnheard(SocketAddress client) {
    return sessions.isUnheard(client);
  }

  /** Returns whether a fault keeps this fake from answering a client soon, within a second. */
  public boolean isHeldBack(SocketAddress client) {
    Duration time = timers.isFrozen() ? Duration.ZERO : SOON;
    return sessions.isHeldBack(client, time)
        || sessions.connectionId(client).filter(id -> upstream.isHeldBack(id, time)).isPresent();
  }

  /**
   * Sets a listener for clients that are closed for violating the protocol.
   *
   * @param listener gets the client's address and a text; called on the loop, must not block
   */
  public void onViolation(BiConsumer<SocketAddress, String> listener) {
    sessions.onViolation(listener);
  }

  /** Ends what faults do: what is held back is sent, and a silence ends by a reset. */
  public void releaseHeld() {
    releaseClients();
    upstream.release();
  }

  /** Does the same for clients only, where events are given up anyway. */
  public void releaseClients() {
    hubs.meetFaults(); // and so lets end what is being delivered: it may be held back from now on
    sessions.release();
    hubs.faults().release();
  }

  /** The access keys. */
  public AccessKeys keys() {
    return keys;
  }

  /** The minter of tokens that this fake accepts. */
  public TokenMinter tokens() {
    return minter;
  }

  /**
   * Sets the observer of REST calls and client requests, which is called under locks and must
   * neither block nor call back.
   */
  public void observe(Consumer<RecordedOperation> observer) {
    observers.add(observer);
  }

  /** The data plane, which carries out requests of servers and has the interceptors. */
  public DataPlane dataPlane() {
    return dataPlane;
  }

  /**
   * Adds or removes a listener that accepts user events and only records them (client-protocols E.6
   * "only listener").
   */
  public void recordEvents(boolean on) {
    upstream.listening(on);
  }

  /** The application's event handlers. */
  public Upstream upstream() {
    return upstream;
  }

  /**
   * Waits until everything that has reached this fake is done. Must not be called on the loop.
   *
   * @param atMost the maximum time to wait
   * @param pingConnections also wait until every connected client has answered a ping: then
   *     everything it sent has arrived and everything sent to it has been read
   * @return empty if idle, else a description of the pending work
   */
  public Optional<String> awaitIdle(Duration atMost, boolean pingConnections)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      if (pingConnections) {
        List<String> missing = awaitPongs(deadline);
        if (!missing.isEmpty()) {
          return Optional.of("no pong from " + String.join(", ", missing));
        }
      }
      CountDownLatch turned = new CountDownLatch(1);
      if (loop.execute(turned::countDown)
          && !turned.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return Optional.of("the fake's loop is busy with a request");
      }
      if (loop.failure().isPresent()) {
        return loop.failure();
      }
      if (upstream.isIdle() && dataPlane.held().isEmpty() && hubs.faults().held().isEmpty()) {
        return Optional.empty();
      }
      if (!hubs.faults().held().awaitNone(deadline)) {
        return Optional.of(String.join(", ", hubs.faults().held().texts()));
      }
      if (!dataPlane.held().awaitNone(deadline)) {
        return Optional.of("no answer to " + String.join(", ", dataPlane.held().texts()));
      }
      if (!upstream.awaitIdle(deadline)) {
        return Optional.of("no answer to " + String.join(", ", upstream.pending()));
      }
      // the application's answers must be delivered and read, too
    }
  }

  /**
   * Waits until every connected client has answered a ping, or its connection has ended.
   *
   * @param deadlineNanos by {@link System#nanoTime()}
   * @return those that have not
   */
  public List<String> awaitPongs(long deadlineNanos) throws InterruptedException {
    try (Sessions.Barrier barrier = sessions.ping()) {
      return barrier.await(deadlineNanos);
    }
  }

  /**
   * Why something may be missing, a line each: the end of this fake, connections that failed before
   * a request, what faults hold back, or what went wrong with the event handlers of a hub, or of
   * any.
   */
  public List<String> troubles(@Nullable String hub, Duration since) {
    return Stream.of(
            failure().stream(),
            impediments(since).stream(),
            upstream.troubles(hub, since).stream().map(each -> "event handler: " + each),
            timeline.incidents().named().stream().map(each -> "also: " + each))
        .flatMap(each -> each)
        .toList();
  }

  /**
   * What may keep requests and messages from coming, a line each: connections that failed before a
   * request, and what faults hold back.
   */
  public List<String> impediments(Duration since) {
    return Stream.of(
            failedConnections.texts(since),
            dataPlane.held().unanswered(),
            hubs.faults().held().texts(),
            clock())
        .flatMap(List::stream)
        .toList();
  }

  /** What delays wait for, if something is held back. */
  private List<String> clock() {
    boolean waiting = !dataPlane.held().isEmpty() || !hubs.faults().held().isEmpty();
    return waiting && timers.isFrozen()
        ? List.of("the clock of the service is frozen: clock().advanceBy(..) lets delays end")
        : List.of();
  }

  /** The connections that have failed before a request since a moment, a line for each reason. */
  public List<String> failedConnections(Duration since) {
    return failedConnections.texts(since);
  }

  /** What failed or hangs in this fake, to choose from for the explanation of a failure. */
  public List<Digest.Line> lines() {
    Duration now = timeline.now();
    return Stream.of(
            failedConnections.lines().stream(),
            hubs.faults().inForce(null).stream()
                .map(
                    each ->
                        new Digest.Line(
                            each.at(), Digest.Rank.REFUSED, "a fault is in force: " + each.what())),
            Stream.of(
                    failure().stream(),
                    dataPlane.held().unanswered().stream(),
                    hubs.faults().held().texts().stream())
                .flatMap(each -> each)
                .map(each -> new Digest.Line(now, Digest.Rank.REFUSED, each)),
            upstream.lines().stream())
        .flatMap(each -> each)
        .toList();
  }

  /** The internal failure that has ended this fake, if any. */
  public Optional<String> failure() {
    return loop.failure();
  }

  /**
   * Sets a listener for the end of this fake by an internal failure, called on the fake's thread.
   */
  public void onFailure(Runnable listener) {
    loop.onFailure(listener);
  }

  /**
   * Throws if an internal failure has ended this fake.
   *
   * @throws IllegalStateException if it has; names the failure and has it as its cause
   */
  public void checkNotFailed() {
    loop.checkNotFailed();
  }

  /**
   * Waits until the loop has served all sockets once more, at most a second; does not wait on the
   * loop itself.
   */
  public void awaitTurn() {
    if (loop.inLoop()) {
      return;
    }
    CountDownLatch turned = new CountDownLatch(1);
    if (loop.execute(turned::countDown)) {
      try {
        var unused = turned.await(1, TimeUnit.SECONDS); // a busy loop is no reason to fail
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Closes all sockets, those of clients with 1001, and ends the thread; idempotent.
   *
   * @throws IllegalStateException if the thread had ended before, or did not end; names the reason
   */
  @Override
  public void close() {
    loop.close();
  }

  /** Does the same as {@link #close()}, within another real time. */
  public void close(Duration limit) {
    loop.close(limit);
  }
}
