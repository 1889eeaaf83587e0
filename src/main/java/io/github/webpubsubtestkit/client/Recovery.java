package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Recovers a reliable client's connection on another socket (client-protocols F.4). */
final class Recovery {

  /** How the service refuses a recovery (client-protocols F.4). */
  private static final CloseStatus REFUSED =
      new CloseStatus(1008, "The connection could not be recovered.");

  private final ClientContext context;
  private final ClientUrl url;
  private final Incoming incoming;
  private final Consumer<ClientSocket> onRecovered;

  /**
   * Creates a recovery, which can be used repeatedly.
   *
   * @param url the URL of the client; its access token is sent again, as by official clients
   * @param onRecovered called with the socket before it serves the client
   */
  Recovery(
      ClientContext context, ClientUrl url, Incoming incoming, Consumer<ClientSocket> onRecovered) {
    this.context = context;
    this.url = url;
    this.incoming = incoming;
    this.onRecovered = onRecovered;
  }

  /** Replaces the socket, open or not; returns when all replayed messages have been read. */
  synchronized void recover(ClientConnection connection) {
    Inbox inbox = connection.inbox();
    Duration began = context.timeline().now();
    ClientSocket old = connection.socket();
    context.timeline().record(connection.name(), Direction.NOTE, "recover()");
    old.retire();
    ClientSocket recovered;
    try {
      recovered =
          Opening.recover(
              context,
              url.recovery(
                  context.options(), idOf(connection), inbox.reconnectionToken().orElse("")),
              inbox,
              incoming);
    } catch (RuntimeException e) {
      old.serve(); // it may still be open
      throw e;
    }
    Ending refusal = recovered.ending().orElse(null);
    if (refusal != null) {
      old.serve();
      if (old.ending().isPresent()) {
        inbox.ended(refusal);
      }
      throw refused(connection, refusal, began);
    }
    onRecovered.accept(recovered);
    connection.servedBy(recovered);
    inbox.resumed();
    recovered.serve();
  }

  private static String idOf(ClientConnection connection) {
    return connection.inbox().connectionId().orElseThrow();
  }

  private RecoveryRefusedException refused(
      ClientConnection connection, Ending refusal, Duration began) {
    CloseStatus status = refusal.status();
    Optional<String> fault = context.evidence().latestFault(idOf(connection), began);
    Headline headline =
        Headline.of(
            status.equals(REFUSED)
                ? "the service did not give the connection back"
                : "the connection was recovered and ended at once");
    fault.ifPresent(what -> headline.words(" because of a fault: ").value(what));
    FailureText text =
        FailureText.of(connection.name(), headline)
            .fact("connection", idOf(connection))
            .fact("socket", refusal.describe());
    if (fault.isEmpty() && status.equals(REFUSED)) {
      text.fact(
          "usually",
          "it had ended for good: closed by either side, not recovered in time (30 s unless"
              + " the fake was built with another recoveryWindow), or too much left"
              + " unacknowledged");
    }
    text.state(advice(connection, !status.equals(REFUSED) || fault.isPresent()));
    return new RecoveryRefusedException(
        new ClientReport(connection).withState(text).text(), status);
  }

  /**
   * What to do.
   *
   * @param mayRepeat whether another attempt may succeed, if there still is a connection
   */
  private static String advice(ClientConnection connection, boolean mayRepeat) {
    if (connection.isConnected()) {
      return "the client is still connected, over its earlier socket";
    }
    return mayRepeat && connection.isKept()
        ? "the service still has the connection: recover() again to go on"
        : "connect another client to go on";
  }
}
