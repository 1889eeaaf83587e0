package io.github.webpubsubtestkit.service;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.InterruptedWaitException;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.ClientConnector;
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
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The clients that a test opens through a fake, on the fake's own loop. */
final class KitClients implements Barrier {

  private final Engine engine;
  private final Evidence evidence;
  private final ClientUrls urls;
  private final ClientConnector<ConnectOptions, PubSubClient, SimpleClient, Client> own;
  private final ClientConnector<ConnectOptions, PubSubClient, SimpleClient, Client> foreign;
  private volatile boolean closed;
  private volatile boolean reset;

  KitClients(
      Engine engine,
      Evidence evidence,
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
    return own.pubSub(urls.nearest(urls.url(options)), urls.withToken(options));
  }

  SimpleClient connectSimple(ConnectOptions options) {
    checkOpen();
    return own.simple(urls.nearest(urls.url(options)), urls.withToken(options));
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
    return urls.isOwn(clientUrl) ? own : foreign;
  }

  @Override
  public void awaitIdle(Duration atMost) throws NotIdleException {
    awaitIdle(atMost, false);
  }

  @Override
  public Evidence evidence() {
    return evidence;
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
