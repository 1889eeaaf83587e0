package io.github.webpubsubtestkit.internal.hub;

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
            runOrFail(connection, task);
          }
        });
    mailbox.slowDown(from);
  }

  /** Completes an event, accepted or failed, and continues with the waiting tasks. */
  void complete(Connection connection, Runnable outcome) {
    synchronized (hub) {
      try {
        runOrFail(connection, outcome);
      } finally {
        connection.mailbox().endWaiting();
      }
    }
  }

  /**
   * Runs a task; an internal failure ends the connection, as it does while a frame is read, because
   * neither this request of the client nor a later one may be left without an answer.
   */
  private void runOrFail(Connection connection, Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      fail(connection, failure);
      throw failure;
    }
  }

  private void fail(Connection connection, Throwable failure) {
    try {
      hub.end(connection, new End.Failed(End.Failed.INTERNAL_ERROR, "", String.valueOf(failure)));
    } catch (OutOfMemoryError e) {
      Receiver socket = connection.receiver();
      if (socket != null) {
        socket.abort(); // needs no memory, and the end of its socket ends the connection
      }
    }
  }
}
