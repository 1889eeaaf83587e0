package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.bridge.Bridge;
import io.github.webpubsubtestkit.internal.bridge.ClientConnector;
import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.NotIdleException;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import io.github.webpubsubtestkit.internal.json.ObjectMapping;
import io.github.webpubsubtestkit.internal.timeline.Incidents;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.transport.TransportLoop;
import io.github.webpubsubtestkit.internal.transport.WebSocketAddress;
import io.github.webpubsubtestkit.internal.wire.ClientCodec;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The open clients of a fake; {@code service} uses them through the bridge. */
final class OpenClients
    implements ClientConnector<ConnectOptions, PubSubClient, SimpleClient, Client> {

  static {
    Factory<ConnectOptions, PubSubClient, SimpleClient, Client> factory = OpenClients::new;
    Bridge.CLIENTS.register(factory);
  }

  private final TransportLoop loop;
  private final Timeline timeline;
  private final @Nullable Barrier barrier;
  private final String defaultHub;
  private final ObjectMapping mapping;
  private final WaitTimes times;
  private volatile Function<WebSocketAddress, List<String>> explanations = url -> List.of();
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final Map<ClientSocket, Client> open = new LinkedHashMap<>(); // guarded by open

  /** All clients that the test may still look at. Guarded by open. */
  private final Set<Client> known = Collections.newSetFromMap(new WeakHashMap<>());

  OpenClients(
      TransportLoop loop,
      Timeline timeline,
      @Nullable Barrier barrier,
      String defaultHub,
      ObjectMapping mapping,
      WaitTimes times) {
    this.mapping = mapping;
    this.times = times;
    this.loop = loop;
    this.timeline = timeline;
    this.barrier = barrier;
    this.defaultHub = defaultHub;
  }

  @Override
  public PubSubClient pubSub(WebSocketAddress address, ConnectOptions options) {
    Optional<String> chosen = chosenName(options);
    return pubSub(address, options, chosen.orElseGet(this::numberedName), chosen.isEmpty());
  }

  /** Does the same as {@link #pubSub(WebSocketAddress, ConnectOptions)}, with a given name. */
  PubSubClient pubSub(WebSocketAddress address, ConnectOptions options, String name) {
    return pubSub(address, options, name, false);
  }

  @Override
  public SimpleClient simple(WebSocketAddress address, ConnectOptions options) {
    return simple(address, options, chosenName(options).orElseGet(this::numberedName));
  }

  /** Does the same as {@link #simple(WebSocketAddress, ConnectOptions)}, with a given name. */
  SimpleClient simple(WebSocketAddress address, ConnectOptions options, String name) {
    ClientUrl url = ClientUrl.of(address);
    ClientContext context = context(address, url, options, name);
    Inbox inbox = new Inbox();
    ClientSocket socket =
        Opening.open(
            context,
            url.handshake(options, List.of()),
            inbox,
            (from, text, payload) ->
                inbox.add(ReceivedMessage.ofSimpleClient(text, payload, timeline.now(), mapping)));
    Optional<String> connectionId = connectionId(socket);
    SimpleClient client =
        new SimpleClient(
            new ClientConnection(context, inbox, socket, name, "none (simple client)", null),
            connectionId);
    tellName(connectionId, name);
    register(client.connection.socket(), client);
    return client;
  }

  /**
   * The id of a simple client's connection: the service does not send it, but the fake knows it.
   */
  private Optional<String> connectionId(ClientSocket socket) {
    SocketAddress address = socket.localAddress();
    return barrier == null || address == null ? Optional.empty() : barrier.connectionId(address);
  }

  private List<ClientConnection> openConnections() {
    return openClients().stream().map(client -> client.connection).toList();
  }

  /** The clients whose connection has not ended, in order of opening. */
  List<Client> openClients() {
    List<Client> known;
    synchronized (open) {
      known = List.copyOf(open.values());
    }
    // a test may see the end of a client a moment before it is unregistered
    return known.stream().filter(client -> client.connection.inbox().ending().isEmpty()).toList();
  }

  /** Pings the clients; those that have sent nothing since the last ping are skipped. */
  @Override
  public void settle(long deadlineNanos) throws NotIdleException {
    Map<Client, Long> asked = new LinkedHashMap<>();
    for (Client client : openClients()) {
      if (client.connection.socket().hasUnconfirmed() && !client.connection.isUnheard()) {
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

  @Override
  public boolean isOwn(SocketAddress address) {
    synchronized (open) {
      return open.keySet().stream().anyMatch(each -> address.equals(each.localAddress()));
    }
  }

  @Override
  public void recheck() {
    openClients().forEach(client -> client.connection.inbox().changes().signal());
  }

  @Override
  public void addUnseenAcks(Incidents incidents) {
    List<Client> clients;
    synchronized (open) {
      clients = List.copyOf(known);
    }
    for (Client client : clients) {
      for (Ack ack : client.connection.inbox().takeNegativeAcks()) {
        incidents.addStray(
            null,
            "no assertion has looked at a negative ack of client " + client.name() + ": " + ack,
            "assertThat(client).receivesAck(" + ack.id() + ") looks at it");
      }
    }
  }

  @Override
  public void closeAll() {
    List<Client> clients = openClients();
    for (Client client : clients) {
      client.connection.socket().checkMayWait("closeAll");
      client.connection.beginClose(1000, "", "close()");
    }
    long end = times.usual().deadlineNanos();
    clients.forEach(client -> client.awaitEnd(end));
  }

  @Override
  public void explain(Function<WebSocketAddress, List<String>> given) {
    explanations = given;
  }

  @Override
  public void awaitEnds() {
    long end = times.usual().deadlineNanos();
    openClients().forEach(client -> client.connection.socket().awaitEnd(end, () -> null));
  }

  private PubSubClient pubSub(
      WebSocketAddress address, ConnectOptions options, String name, boolean renameToUser) {
    ClientUrl url = ClientUrl.of(address);
    ClientContext context = context(address, url, options, name);
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
    tellName(inbox.connectionId(), finalName);
    return client;
  }

  /** Lets the timeline of the fake call a client as failure texts do. */
  private void tellName(Optional<String> connectionId, String name) {
    if (barrier != null) {
      connectionId.ifPresent(id -> barrier.named(id, name));
    }
  }

  private ClientContext context(
      WebSocketAddress address, ClientUrl url, ConnectOptions options, String name) {
    String hub = url.hub().or(options::hub).orElse(defaultHub);
    return new ClientContext(
        name,
        address.scheme()
            + "://"
            + address.host()
            + (address.port() < 0 ? "" : ":" + address.port()),
        hub,
        options,
        times,
        mapping,
        loop,
        timeline,
        barrier,
        timeline.now(),
        () -> explanations.apply(address),
        this::unregister,
        this::openConnections);
  }

  private void register(ClientSocket socket, Client client) {
    synchronized (open) {
      open.put(socket, client);
      known.add(client);
    }
    if (socket.ending().isPresent()) { // it ended before it was registered here
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
