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
    if (event instanceof UserEvent userEvent) {
      return callback(userEvent) != null;
    }
    return (event instanceof ConnectEvent && connect != null)
        || (event instanceof ConnectedEvent && connected != null)
        || (event instanceof DisconnectedEvent && disconnected != null);
  }

  /** Runs the test's code. */
  StubAnswer answer(HandlerEvent event) {
    if (event instanceof UserEvent userEvent) {
      Function<UserEvent, EventAnswer> callback = callback(userEvent);
      return callback == null ? TAKEN : given(callback.apply(userEvent)).toStubAnswer();
    }
    if (event instanceof ConnectEvent asked) {
      Function<ConnectEvent, ConnectAnswer> callback = connect;
      return callback == null ? TAKEN : given(callback.apply(asked)).toStubAnswer();
    }
    if (event instanceof ConnectedEvent told) {
      tell(connected, told);
    } else if (event instanceof DisconnectedEvent told) {
      tell(disconnected, told);
    }
    return TAKEN;
  }

  private @Nullable Function<UserEvent, EventAnswer> callback(UserEvent event) {
    Function<UserEvent, EventAnswer> own = userEvents.get(event.name().toLowerCase(Locale.ROOT));
    return own == null ? anyUserEvent : own;
  }

  private static <T> void tell(@Nullable Consumer<T> callback, T event) {
    if (callback != null) {
      callback.accept(event);
    }
  }

  private static <T> T given(@Nullable T answer) {
    return requireNonNull(
        answer,
        "the callback gave null; give acknowledge() or accept() where nothing is to be said");
  }
}
