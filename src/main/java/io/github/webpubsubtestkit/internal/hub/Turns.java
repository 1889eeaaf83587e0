package io.github.webpubsubtestkit.internal.hub;

/**
 * Has the requests of each connection carried out one after the other, with one event at a time
 * under way (event-handlers 7.1).
 */
final class Turns {

  private final HubState hub;

  Turns(HubState hub) {
    this.hub = hub;
  }

  /** Does it now, or when all that the client asked for before has been done; under the lock. */
  void take(Connection connection, Receiver from, Runnable task) {
    if (connection.isWaiting()) {
      defer(connection, from, task);
    } else {
      task.run();
    }
  }

  /** Has a task wait that came while the connection was open and is void once it has ended. */
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

  /** The application has taken an event, or it failed: what waited for that goes on. */
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
   * What fails inside ends the connection, as it does while a frame is read: neither this request
   * of the client nor one behind it may be left without an answer.
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
