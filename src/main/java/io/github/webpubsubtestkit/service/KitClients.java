package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.InterruptedWaitException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.ClientConnector;
import io.github.webpubsubtestkit.internal.bridge.CurrentCallback;
import io.github.webpubsubtestkit.internal.engine.Engine;
import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.Evidence;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Interruption;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.expect.Times;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.timeline.Incidents;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The clients that a test opens through a fake, on the fake's own loop. */
final class KitClients implements Barrier {

  private final Engine engine;
  private final Supplier<Evidence> evidence;
  private final ClientUrls urls;
  private final ClientConnector<ConnectOptions, PubSubClient, SimpleClient, Client> own;
  private final ClientConnector<ConnectOptions, PubSubClient, SimpleClient, Client> foreign;
  private volatile Predicate<String> hanging = connectionId -> false;
  private volatile boolean closed;
  private volatile boolean reset;

  KitClients(
      Engine engine,
      Supplier<Evidence> evidence,
      String defaultHub,
      ObjectMapping mapping,
      WaitTimes times,
      EarlierServices earlier) {
    this.engine = engine;
    this.evidence = evidence;
    this.urls =
        new ClientUrls(engine.endpoint(), engine.nearestAuthority(), engine.tokens(), defaultHub);
    @SuppressWarnings("unchecked") // the client room registers no other type
    var connectors =
        (ClientConnector.Factory<ConnectOptions, PubSubClient, SimpleClient, Client>)
            Bridge.CLIENTS.factory();
    this.own = connectors.make(engine.loop(), engine.timeline(), this, defaultHub, mapping, times);
    this.foreign =
        connectors.make(engine.loop(), engine.timeline(), null, defaultHub, mapping, times);
    foreign.explain(earlier::explain);
  }

  URI url(ConnectOptions options) {
    return urls.url(options);
  }

  PubSubClient connect(ConnectOptions options) {
    checkOpen();
    return own.pubSub(urls.nearest(options), urls.withToken(options));
  }

  SimpleClient connectSimple(ConnectOptions options) {
    checkOpen();
    return own.simple(urls.nearest(options), urls.withToken(options));
  }

  PubSubClient connect(URI clientUrl) {
    checkOpen();
    return connectorFor(clientUrl)
        .pubSub(urls.nearest(clientUrl), ConnectOptions.anonymous().withoutToken());
  }

  SimpleClient connectSimple(URI clientUrl) {
    checkOpen();
    return connectorFor(clientUrl)
        .simple(urls.nearest(clientUrl), ConnectOptions.anonymous().withoutToken());
  }

  /** The connector for a URL: only this fake can be checked for idleness. */
  private ClientConnector<ConnectOptions, PubSubClient, SimpleClient, Client> connectorFor(
      URI clientUrl) {
    if (urls.isOwn(clientUrl)) {
      return own;
    }
    String other = clientUrl.getScheme() + "://" + clientUrl.getAuthority();
    String headline = "a client connects to " + other + ", not to this service";
    engine.timeline().record("service", Direction.NOTE, headline);
    engine.timeline().incidents().addStray(other, headline, "this one is at " + engine.endpoint());
    return foreign;
  }

  @Override
  public void awaitIdle(Duration atMost) throws NotIdleException {
    awaitIdle(atMost, false);
  }

  @Override
  public Evidence evidence() {
    return evidence.get();
  }

  @Override
  public boolean isHanging(String connectionId) {
    return hanging.test(connectionId);
  }

  @Override
  public void hangs() {
    own.recheck();
  }

  @Override
  public boolean isUnheard(SocketAddress client) {
    return engine.isUnheard(client);
  }

  @Override
  public boolean isHeldBack(SocketAddress client) {
    return engine.isHeldBack(client);
  }

  @Override
  public void awaitTurn() {
    engine.awaitTurn();
  }

  /** Sets what knows the connections with an event that hangs. */
  void hanging(Predicate<String> connectionIds) {
    hanging = connectionIds;
  }

  @Override
  public void named(String connectionId, String client) {
    engine.hubs().all().forEach(hub -> hub.nameClient(connectionId, client));
  }

  @Override
  public Optional<String> connectionId(SocketAddress client) {
    return engine.connectionId(client);
  }

  /** Does the same as {@link FakeWebPubSub#awaitIdle()}, with a timeout. */
  void expectIdle(Timeout atMost) {
    checkOpen();
    try {
      awaitIdle(atMost.time(), true);
    } catch (NotIdleException e) {
      throw new AssertionError(
          FailureText.of("service", "expected to become idle within " + atMost)
              .fact("still busy", e.busy())
              .text(),
          e);
    }
  }

  /**
   * Waits until all pending work is done; with pings, until every connection has read its messages.
   */
  void awaitIdle(Duration atMost, boolean pingConnections) throws NotIdleException {
    checkNotInCallback("waiting for an idle service");
    long began = System.nanoTime();
    long deadline = Waiting.deadlineAfter(atMost);
    try {
      own.settle(deadline);
      Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
      Optional<String> busy = engine.awaitIdle(left, pingConnections);
      if (busy.isPresent()) {
        throw new NotIdleException(busy.get());
      }
    } catch (NotIdleException e) {
      Optional<String> failure = engine.failure();
      throw failure.isPresent() ? new NotIdleException(failure.get()) : e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedWaitException(
          Interruption.since(began)
              .in(
                  FailureText.of(
                          "service", "expected to become idle within " + Times.describe(atMost))
                      .text()));
    }
  }

  /** Adds a violation of the protocol; what a test's own client does by sendRaw is meant. */
  void addViolation(SocketAddress client, String text) {
    if (!own.isOwn(client)) {
      engine.timeline().incidents().addStray(null, text);
    }
  }

  boolean isOpen() {
    return !closed && !reset && engine.failure().isEmpty();
  }

  /** Waits until the service has read what the clients have sent; gives up at the deadline. */
  void settle(long deadline) {
    try {
      own.settle(deadline);
    } catch (NotIdleException e) {
      // what is under way then is not reported
    }
  }

  /** Adds the negative acks that no assertion has looked at. */
  void addUnseenAcks(Incidents incidents) {
    own.addUnseenAcks(incidents);
  }

  /** Ends the clients after a reset, in which the fake has ended the connections of its own. */
  void endByReset() {
    reset = true;
    try {
      own.awaitEnds();
    } finally {
      foreign.closeAll();
    }
  }

  void close() {
    closed = true;
    try {
      own.closeAll();
    } finally {
      foreign.closeAll();
    }
  }

  /** Throws in a callback of a stub, which would wait for itself. */
  void checkNotInCallback(String what) {
    CurrentCallback callback = CurrentCallback.get().orElse(null);
    if (callback != null && callback.fake() == engine.timeline()) {
      throw new IllegalStateException(
          what
              + " in a callback would wait for that callback, of event \""
              + callback.event()
              + "\". Do it in the test, after the event");
    }
  }

  /** Throws if the fake is closed or has failed. */
  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the fake is closed");
    }
    if (reset) {
      throw new IllegalStateException("the service was reset at the same time");
    }
    engine.checkNotFailed();
  }
}
