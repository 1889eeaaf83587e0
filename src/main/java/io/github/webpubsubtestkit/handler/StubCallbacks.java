package io.github.webpubsubtestkit.handler;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a test does with the events of a stub; may change at any time. */
final class StubCallbacks {

  private static final StubAnswer TAKEN = StubAnswer.of(204);

  private final Concern concern = new Concern();
  private final Answerer answerer = new Answerer();
  private volatile @Nullable Function<ConnectEvent, ConnectAnswer> connect;
  private volatile @Nullable Consumer<ConnectedEvent> connected;
  private volatile @Nullable Consumer<DisconnectedEvent> disconnected;
  private volatile @Nullable Function<UserEvent, EventAnswer> anyUserEvent;
  private final Map<String, Function<UserEvent, EventAnswer>> userEvents =
      new ConcurrentHashMap<>(); // by lower case

  void connect(Function<ConnectEvent, ConnectAnswer> callback) {
    connect = requireNonNull(callback, "answer");
  }

  void connected(Consumer<ConnectedEvent> callback) {
    connected = requireNonNull(callback, "callback");
  }

  void disconnected(Consumer<DisconnectedEvent> callback) {
    disconnected = requireNonNull(callback, "callback");
  }

  void userEvent(Function<UserEvent, EventAnswer> callback) {
    anyUserEvent = requireNonNull(callback, "answer");
  }

  void userEvent(String name, Function<UserEvent, EventAnswer> callback) {
    userEvents.put(name.toLowerCase(Locale.ROOT), requireNonNull(callback, "answer"));
  }

  /** Whether the test has anything to do with an event. */
  boolean concerns(HandlerEvent event) {
    return event.accept(concern);
  }

  /** Runs the test's code. */
  StubAnswer answer(HandlerEvent event) {
    return event.accept(answerer);
  }

  private final class Concern implements HandlerEvent.Visitor<Boolean> {

    @Override
    public Boolean connect(ConnectEvent event) {
      return connect != null;
    }

    @Override
    public Boolean connected(ConnectedEvent event) {
      return connected != null;
    }

    @Override
    public Boolean disconnected(DisconnectedEvent event) {
      return disconnected != null;
    }

    @Override
    public Boolean userEvent(UserEvent event) {
      return callback(event) != null;
    }
  }

  private final class Answerer implements HandlerEvent.Visitor<StubAnswer> {

    @Override
    public StubAnswer connect(ConnectEvent event) {
      Function<ConnectEvent, ConnectAnswer> callback = connect;
      return callback == null ? TAKEN : given(callback.apply(event)).toStubAnswer();
    }

    @Override
    public StubAnswer connected(ConnectedEvent event) {
      return told(connected, event);
    }

    @Override
    public StubAnswer disconnected(DisconnectedEvent event) {
      return told(disconnected, event);
    }

    @Override
    public StubAnswer userEvent(UserEvent event) {
      Function<UserEvent, EventAnswer> callback = callback(event);
      return callback == null ? TAKEN : given(callback.apply(event)).toStubAnswer();
    }
  }

  private @Nullable Function<UserEvent, EventAnswer> callback(UserEvent event) {
    Function<UserEvent, EventAnswer> own = userEvents.get(event.name().toLowerCase(Locale.ROOT));
    return own == null ? anyUserEvent : own;
  }

  private static <T> StubAnswer told(@Nullable Consumer<T> callback, T event) {
    if (callback != null) {
      callback.accept(event);
    }
    return TAKEN;
  }

  private static <T> T given(@Nullable T answer) {
    return requireNonNull(
        answer,
        "the callback gave null; give acknowledge() or accept() where nothing is to be said");
  }
}
