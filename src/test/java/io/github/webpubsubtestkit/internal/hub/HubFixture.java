package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.hub.ServerRequest.Close;
import io.github.webpubsubtestkit.internal.hub.ServerRequest.Send;
import io.github.webpubsubtestkit.internal.options.Options;
import io.github.webpubsubtestkit.internal.options.Setting;
import io.github.webpubsubtestkit.internal.time.Timers;
import io.github.webpubsubtestkit.internal.timeline.Timeline;
import io.github.webpubsubtestkit.internal.wire.ClientRequest;
import io.github.webpubsubtestkit.internal.wire.ClientRequest.Event;
import io.github.webpubsubtestkit.internal.wire.Codecs;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.RawServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One hub without sockets: clients and the application are values, time stands still, and the
 * loop's turns go on when a test says so.
 */
final class HubFixture implements LoopProgress {

  private static final Codecs CODECS = new Codecs(Options.defaults());

  final List<RecordedOperation> operations = new ArrayList<>();
  final Timeline timeline = new Timeline();
  final StoppedTimers timers = new StoppedTimers();
  final Hub hub;
  private final Hubs hubs;
  long turns;
  int changes;
  private final Deque<Runnable> later = new ArrayDeque<>();

  HubFixture(Options options) {
    hubs = new Hubs(options, timeline, timers, this, new FixedTokens(), operations::add);
    hubs.onChange(() -> changes++);
    hub = hubs.hub("chat");
  }

  /** Reliable connections may leave so many messages unacknowledged. */
  static HubFixture withLimit(int maxUnacknowledged) {
    return new HubFixture(
        Options.builder()
            .set(Setting.MAX_QUEUED_MESSAGES, maxUnacknowledged)
            .set(Setting.MAX_QUEUED_BYTES, 1L << 20)
            .build());
  }

  Client json(@Nullable String userId, String... groups) {
    return client(Subprotocol.JSON, userId, groups);
  }

  Client reliable(@Nullable String userId, String... groups) {
    return client(Subprotocol.JSON_RELIABLE, userId, groups);
  }

  Client client(Subprotocol protocol, @Nullable String userId, String... groups) {
    Socket socket = new Socket();
    Application application = new Application();
    Connection connection =
        hub.lifecycle()
            .connect(
                new NewConnection(
                    ConnectionLifecycle.newConnectionId(),
                    application,
                    userId,
                    List.of("webpubsub.sendToGroup", "webpubsub.joinLeaveGroup"),
                    List.of(groups),
                    protocol.wireName(),
                    protocol,
                    CODECS.ofService(protocol, RawServiceCodec.sendEvent())),
                socket);
    socket.received.clear(); // of connected
    return new Client(hub, connection, socket, application);
  }

  /** The service sends that many messages to one client. */
  void send(Client client, int count) {
    for (int i = 0; i < count; i++) {
      Target target = Target.connection(client.connection().id());
      does(new Send("chat", target, Payload.text("m"), 0, Selection.EVERYONE));
    }
  }

  /** A server asks it. */
  Outcome does(ServerRequest request) {
    return new DataPlane(hubs).execute(request);
  }

  /** A server closes a connection. */
  void close(String connectionId, @Nullable String reason) {
    does(new Close("chat", Target.connection(connectionId), Selection.EVERYONE, reason));
  }

  @Override
  public long turns() {
    return turns;
  }

  @Override
  public void later(Runnable task) {
    later.add(task);
  }

  /** What was put off until now. */
  int putOff() {
    return later.size();
  }

  /** Does what was put off until now. */
  void passMoment() {
    for (int i = later.size(); i > 0; i--) {
      later.remove().run();
    }
  }

  /** A client with what reached it and what the application heard of it. */
  record Client(Hub hub, Connection connection, Socket socket, Application application) {

    void asks(ClientRequest request) {
      hub.lifecycle().receive(connection, socket, request);
    }

    /** Its socket has found a reason for an end. */
    void ends(End end) {
      hub.lifecycle().end(connection, socket, end);
    }

    boolean exists() {
      return hub.connectionExists(connection.id());
    }
  }

  static final class Socket implements Receiver {

    final List<String> received = new ArrayList<>();

    private record Prepared(EncodedMessage message) implements Outbound {}

    @Override
    public Outbound prepare(EncodedMessage message) {
      return new Prepared(message);
    }

    @Override
    public void deliver(Outbound message) {
      received.add(new String(message.message().bytes(), StandardCharsets.UTF_8));
    }

    @Override
    public boolean isHindered() {
      return false;
    }

    @Override
    public void deliver(Outbound message, @Nullable FrameEffect effect, Trace trace) {
      trace.sent();
      String text = new String(message.message().bytes(), StandardCharsets.UTF_8);
      received.add(effect == null ? text : effect.kind() + " " + text);
    }

    @Override
    public void behindMessages(Runnable step, boolean last) {
      step.run();
    }

    @Override
    public void disturb(ConnectionEffect effect) {
      received.add(effect.kind().toString());
    }

    @Override
    public void reading(boolean on) {
      received.add(on ? "resumed" : "paused");
    }

    @Override
    public void close(int code, String reason) {
      received.add("close " + code + " " + reason);
    }

    @Override
    public void abort() {
      received.add("abort");
    }
  }

  static final class Application implements ConnectionEvents {

    final List<String> events = new ArrayList<>();
    final List<String> disconnected = new ArrayList<>();
    private final Deque<Consumer<EventOutcome>> unanswered = new ArrayDeque<>();

    /** The outcome of the event that is under way. */
    void answers(EventOutcome outcome) {
      unanswered.remove().accept(outcome);
    }

    @Override
    public boolean asksConnect() {
      return false;
    }

    @Override
    public void connect(ConnectRequest request, Consumer<ConnectOutcome> then) {
      throw new AssertionError("asked though it does not want to be");
    }

    @Override
    public void registered(
        String label,
        @Nullable String userId,
        @Nullable String subprotocol,
        Subprotocol protocol) {}

    @Override
    public void userEvent(Event event, Consumer<EventOutcome> then) {
      events.add(event.event());
      unanswered.add(then);
    }

    @Override
    public void abandonUserEvent() {
      while (!unanswered.isEmpty()) {
        answers(new EventOutcome.Failed("abandoned"));
      }
    }

    @Override
    public void disconnected(String reason) {
      disconnected.add(reason);
    }
  }

  static final class StoppedTimers implements Timers {

    final List<Runnable> scheduled = new ArrayList<>();

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
      scheduled.add(task);
      return () -> scheduled.remove(task);
    }
  }
}
