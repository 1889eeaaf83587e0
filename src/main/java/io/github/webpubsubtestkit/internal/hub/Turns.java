package io.github.webpubsubtestkit.internal.hub;

import java.util.function.Consumer;

/**
 * Carries out the requests of each connection in order, with at most one pending event
 * (event-handlers 7.1).
 */
final class Turns {

  private final HubState hub;

  Turns(HubState hub) {
    this.hub = hub;
  }

  /** Runs a task now, or after all earlier requests of the client; under the lock. */
  void take(Connection connection, Receiver from, Runnable task) {
    if (connection.isWaiting()) {
      defer(connection, from, task);
    } else {
      task.run();
    }
  }

  /** Defers a task that arrived while the connection was open and is void once it has ended. */
  void defer(Connection connection, Receiver from, Runnable task) {
    Mailbox mailbox = connection.mailbox();
    mailbox.defer(
        () -> {
          if (!connection.hasEnded()) {
            runOrFail(connection, Runnable::run, task);
          }
        });
    mailbox.slowDown(from);
  }

  /**
   * Completes an event, accepted or failed, and continues with the waiting tasks.
   *
   * @param end takes the outcome; made when the event began, as the outcome may find no memory
   */
  <T> void complete(Connection connection, Consumer<T> end, T outcome) {
    synchronized (hub) {
      try {
        runOrFail(connection, end, outcome);
      } finally {
        connection.mailbox().endWaiting();
      }
    }
  }

  /**
   * Runs an action; an internal failure ends the connection, as it does while a frame is read,
   * because neither this request of the client nor a later one may be left without an answer.
   */
  private <T> void runOrFail(Connection connection, Consumer<T> action, T argument) {
    try {
      action.accept(argument);
    } catch (Throwable failure) {
      fail(connection, failure);
      throw failure;
    }
  }

  private void fail(Connection connection, Throwable failure) {
    try {
      hub.end(connection, new End.Failed(End.Failed.INTERNAL_ERROR, "", String.valueOf(failure)));
    } catch (Throwable e) { // without memory also an error of linking a class
      Receiver socket = connection.receiver();
      if (socket != null) {
        socket.abort(); // needs no memory, and the end of its socket ends the connection
      }
    }
  }
}
