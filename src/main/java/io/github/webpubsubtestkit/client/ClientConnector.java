package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.wire.ClientCodec;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Opens clients on a fake's loop and knows those that are open. For the kit itself: tests connect
 * by {@code @Connected} or by the service's {@code connect}.
 *
 * @hidden
 * @since 0.1
 */
@SuppressWarnings("InvalidBlockTag") // @hidden is a standard tag since Java 9
public final class ClientConnector {

  private final TransportLoop loop;
  private final Timeline timeline;
  private final @Nullable Barrier barrier;
  private final String defaultHub;
  private final ObjectMapping mapping;
  private final Duration deadline;
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final Map<ClientSocket, Client> open = new LinkedHashMap<>(); // guarded by open

  /**
   * A connector.
   *
   * @param loop serves the clients' sockets
   * @param timeline what only a client can see is recorded here
   * @param barrier null for a target that is not this kit's fake: nothing then knows when it is
   *     idle, and the clients record their frames themselves
   * @param defaultHub the hub of a client whose URL and options name none
   * @param mapping how objects become JSON and back
   * @since 0.1
   */
  public ClientConnector(
      TransportLoop loop,
      Timeline timeline,
      @Nullable Barrier barrier,
      String defaultHub,
      ObjectMapping mapping) {
    this(loop, timeline, barrier, defaultHub, mapping, Waiting.DEFAULT);
  }

  ClientConnector(
      TransportLoop loop,
      Timeline timeline,
      @Nullable Barrier barrier,
      String defaultHub,
      ObjectMapping mapping,
      Duration deadline) {
    this.mapping = mapping;
    this.deadline = deadline;
    this.loop = loop;
    this.timeline = timeline;
    this.barrier = barrier;
    this.defaultHub = defaultHub;
  }

  /**
   * Opens a PubSub client that is called by the name in its options, else by its user id, else
   * {@code client-1}, {@code client-2} ….
   *
   * @param clientUrl complete, but for a token that goes into the header
   * @param options as whom it connects
   * @return the client; its {@code connected} message has come
   * @throws HandshakeRejectedException if the service refuses
   * @throws ConnectFailedException if the connection does not come about within 5 seconds
   * @throws IllegalArgumentException if the URL is no {@code ws://} URL
   * @throws IllegalStateException in a callback of the fake
   * @since 0.1
   */
  public PubSubClient pubSub(URI clientUrl, ConnectOptions options) {
    Optional<String> chosen = chosenName(options);
    return pubSub(clientUrl, options, chosen.orElseGet(this::numberedName), chosen.isEmpty());
  }

  /**
   * As {@link #pubSub(URI, ConnectOptions)}, with a given name.
   *
   * @param clientUrl complete, but for a token that goes into the header
   * @param options as whom it connects
   * @param name what to call the client
   * @return the client
   * @since 0.1
   */
  public PubSubClient pubSub(URI clientUrl, ConnectOptions options, String name) {
    return pubSub(clientUrl, options, name, false);
  }

  /**
   * As {@link #pubSub(URI, ConnectOptions)}, for a client without a subprotocol.
   *
   * @param clientUrl complete, but for a token that goes into the header
   * @param options as whom it connects
   * @return the client; the service has accepted its handshake
   * @since 0.1
   */
  public SimpleClient simple(URI clientUrl, ConnectOptions options) {
    return simple(clientUrl, options, chosenName(options).orElseGet(this::numberedName));
  }

  /**
   * As {@link #simple(URI, ConnectOptions)}, with a given name.
   *
   * @param clientUrl complete, but for a token that goes into the header
   * @param options as whom it connects
   * @param name what to call the client
   * @return the client
   * @since 0.1
   */
  public SimpleClient simple(URI clientUrl, ConnectOptions options, String name) {
    ClientUrl url = ClientUrl.of(clientUrl);
    ClientContext context = context(url, options, name);
    Inbox inbox = new Inbox();
    ClientSocket socket =
        Opening.open(
            context,
            url.handshake(options, List.of()),
            inbox,
            (from, text, payload) ->
                inbox.add(ReceivedMessage.ofSimpleClient(text, payload, timeline.now(), mapping)));
    SimpleClient client =
        new SimpleClient(
            new ClientConnection(context, inbox, socket, name, "none (simple client)", null));
    register(client.connection.socket(), client);
    return client;
  }

  /**
   * The clients whose connection has not ended.
   *
   * @return a snapshot, in the order of their opening
   * @since 0.1
   */
  public List<Client> openClients() {
    List<Client> known;
    synchronized (open) {
      known = List.copyOf(open.values());
    }
    // a test may have seen the end of a client a moment before it is unregistered
    return known.stream().filter(client -> client.connection.inbox().ending().isEmpty()).toList();
  }

  /**
   * Waits until the service has read all that the open clients have sent so far. Clients that have
   * sent nothing since they were last asked are not asked again.
   *
   * @param deadlineNanos by {@link System#nanoTime()}
   * @throws NotIdleException if a client got no answer in time; it names the client
   * @throws IllegalStateException if the thread is interrupted, or in a callback of the fake
   * @since 0.1
   */
  public void settle(long deadlineNanos) throws NotIdleException {
    Map<Client, Long> asked = new LinkedHashMap<>();
    for (Client client : openClients()) {
      if (client.connection.socket().hasUnconfirmed()) {
        client.connection.socket().checkMayWait("settle");
        asked.put(client, client.connection.socket().ping());
      }
    }
    for (Map.Entry<Client, Long> each : asked.entrySet()) {
      if (!each.getKey().connection.awaitPingConfirmed(each.getValue(), deadlineNanos)) {
        throw new NotIdleException(
            "client " + each.getKey().name() + ", whose frames the service has not read yet");
      }
    }
  }

  /**
   * Closes all open clients with code 1000 and waits until they have ended, at most 5 seconds for
   * all of them; those that do not end in time are cut.
   *
   * @throws IllegalStateException in a callback of the fake
   * @since 0.1
   */
  public void closeAll() {
    List<Client> clients = openClients();
    for (Client client : clients) {
      client.connection.socket().checkMayWait("closeAll");
      client.connection.beginClose(1000, "", "close()");
    }
    long end = Waiting.deadlineAfter(deadline);
    clients.forEach(client -> client.connection.socket().awaitEnd(end));
  }

  private PubSubClient pubSub(
      URI clientUrl, ConnectOptions options, String name, boolean renameToUser) {
    ClientUrl url = ClientUrl.of(clientUrl);
    ClientContext context = context(url, options, name);
    Inbox inbox = new Inbox();
    ClientCodec codec = options.protocol().codec();
    SequenceIds sequenceIds =
        options.protocol().isReliable() ? new SequenceIds(codec, loop.timers()) : null;
    Incoming incoming = new Incoming(codec, inbox, timeline, mapping, sequenceIds);
    ClientSocket socket =
        Opening.open(
            context,
            url.handshake(options, List.of(options.protocol().subprotocol())),
            inbox,
            incoming);
    String finalName =
        renameToUser ? inbox.userId().filter(id -> !id.isBlank()).orElse(name) : name;
    PubSubClient client =
        new PubSubClient(
            new ClientConnection(
                context, inbox, socket, finalName, options.protocol().subprotocol(), sequenceIds),
            codec);
    if (sequenceIds != null) {
      client.recoverBy(
          new Recovery(
              context,
              url,
              incoming,
              recovered -> {
                recovered.rename(finalName);
                register(recovered, client);
              }));
    }
    register(client.connection.socket(), client);
    return client;
  }

  private ClientContext context(ClientUrl url, ConnectOptions options, String name) {
    String hub = url.hub().or(options::hub).orElse(defaultHub);
    return new ClientContext(
        name,
        hub,
        options,
        deadline,
        mapping,
        loop,
        timeline,
        barrier,
        timeline.now(),
        this::unregister);
  }

  private void register(ClientSocket socket, Client client) {
    synchronized (open) {
      open.put(socket, client);
    }
    if (socket.ending().isPresent()) { // it ended before it was known here
      unregister(socket);
    }
  }

  private void unregister(ClientSocket socket) {
    synchronized (open) {
      open.remove(socket);
    }
  }

  private static Optional<String> chosenName(ConnectOptions options) {
    return options.name().or(() -> options.userId().filter(id -> !id.isBlank()));
  }

  private String numberedName() {
    return "client-" + lastNumber.incrementAndGet();
  }
}
