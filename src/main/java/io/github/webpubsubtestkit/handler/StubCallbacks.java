package io.github.webpubsubtestkit.handler;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The callbacks of a stub; may change at any time. */
final class StubCallbacks {

  private static final StubAnswer TAKEN = StubAnswer.of(204);

  private volatile @Nullable Function<ConnectEvent, ConnectAnswer> connect;
  private volatile @Nullable Consumer<HandlerEvent> connected;
  private volatile @Nullable Consumer<DisconnectedEvent> disconnected;
  private volatile @Nullable Function<UserEvent, EventAnswer> anyUserEvent;
  private final Map<String, Function<UserEvent, EventAnswer>> userEvents =
      new ConcurrentHashMap<>(); // by lower case

  private volatile boolean failuresExpected;

  /** What the callbacks throw fails no test. */
  void expectFailures() {
    failuresExpected = true;
  }

  boolean hasAny() {
    return connect != null
        || connected != null
        || disconnected != null
        || anyUserEvent != null
        || !userEvents.isEmpty();
  }

  boolean failuresExpected() {
    return failuresExpected;
  }

  void connect(Function<ConnectEvent, ConnectAnswer> callback) {
    connect = callback;
  }

  void connected(Consumer<HandlerEvent> callback) {
    connected = callback;
  }

  void disconnected(Consumer<DisconnectedEvent> callback) {
    disconnected = callback;
  }

  void userEvent(Function<UserEvent, EventAnswer> callback) {
    anyUserEvent = callback;
  }

  void userEvent(String name, Function<UserEvent, EventAnswer> callback) {
    userEvents.put(name.toLowerCase(Locale.ROOT), callback);
  }

  // ---- the callback for an event; null if there is none

  @Nullable Supplier<StubAnswer> of(ConnectEvent event) {
    Function<ConnectEvent, ConnectAnswer> callback = connect;
    return callback == null ? null : () -> given(callback.apply(event)).toStubAnswer();
  }

  @Nullable Supplier<StubAnswer> of(ConnectedEvent event) {
    return telling(connected, event);
  }

  @Nullable Supplier<StubAnswer> of(DisconnectedEvent event) {
    return telling(disconnected, event);
  }

  @Nullable Supplier<StubAnswer> of(UserEvent event) {
    Function<UserEvent, EventAnswer> callback = callback(event);
    return callback == null ? null : () -> given(callback.apply(event)).toStubAnswer();
  }

  private @Nullable Function<UserEvent, EventAnswer> callback(UserEvent event) {
    Function<UserEvent, EventAnswer> own = userEvents.get(event.name().toLowerCase(Locale.ROOT));
    return own == null ? anyUserEvent : own;
  }

  private static <T> @Nullable Supplier<StubAnswer> telling(
      @Nullable Consumer<T> callback, T event) {
    if (callback == null) {
      return null;
    }
    return () -> {
      callback.accept(event);
      return TAKEN;
    };
  }

  private static <T> T given(@Nullable T answer) {
    return requireNonNull(
        answer, "the callback returned null; return acknowledge() or accept() instead");
  }
}
