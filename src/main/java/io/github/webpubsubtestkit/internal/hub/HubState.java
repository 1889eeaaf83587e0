package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.options.Setting;
import java.time.Duration;
import java.util.Locale;

/**
 * The state of one hub, which its parts share. This object is also the hub's lock: all access to
 * the roster or to a connection in it synchronizes on it.
 */
final class HubState {

  private final String name;
  private final ServiceContext service;
  private final Roster roster; // guarded by this

  /** A hub without a connection. */
  HubState(String name, ServiceContext service) {
    this.name = name;
    this.service = service;
    this.roster = new Roster(service::changed);
  }

  /** The name in lower case. */
  String name() {
    return name;
  }

  ServiceContext service() {
    return service;
  }

  Roster roster() {
    return roster;
  }

  /** Adds a line about a connection to the timeline. */
  void note(Connection connection, String text) {
    service.timeline().note(connection.party(), text);
  }

  /**
   * Ends a connection, the only way out of the roster. Has no effect once it has ended; called
   * under the lock.
   */
  void end(Connection connection, End end) {
    if (connection.hasEnded()) {
      return;
    }
    // marked last, so that an earlier step that runs out of memory can be repeated
    roster.remove(connection);
    note(connection, end.note());
    connection.markEnded();
    String disconnectedReason = end.disconnectedReason();
    if (disconnectedReason != null) {
      raiseDisconnected(connection, disconnectedReason);
    }
    Receiver socket = connection.receiver();
    if (socket != null) {
      end.closeSocket(socket);
    }
  }

  /** Detaches a socket that is lost; the connection waits for another one. Under the lock. */
  void detach(Connection connection, String how) {
    Duration length = service.options().get(Setting.RECOVERY_WINDOW);
    connection.detach(
        RecoveryWindow.open(service.timers(), length, window -> expire(connection, window)));
    note(connection, how + "; the connection can be recovered for " + seconds(length));
    service.changed();
  }

  /** Ends the connection when its recovery window has expired, unless the window is outdated. */
  private void expire(Connection connection, RecoveryWindow window) {
    synchronized (this) {
      if (connection.window() == window) {
        end(connection, new End.RecoveryExpired());
      }
    }
  }

  private static String seconds(Duration length) {
    return String.format(Locale.ROOT, "%.3f s", length.toNanos() / 1e9);
  }

  private static void raiseDisconnected(Connection connection, String reason) {
    Runnable disconnected = () -> connection.events().disconnected(reason);
    if (connection.isWaiting()) { // the pending event comes first
      connection.mailbox().defer(disconnected);
    } else {
      disconnected.run();
    }
  }
}
