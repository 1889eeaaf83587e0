package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import java.util.function.Consumer;

/** Recovers a reliable client's connection on another socket (client-protocols F.4). */
final class Recovery {

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
      throw refused(connection, refusal);
    }
    onRecovered.accept(recovered);
    connection.servedBy(recovered);
    inbox.resumed();
    recovered.serve();
  }

  private static String idOf(ClientConnection connection) {
    return connection.inbox().connectionId().orElseThrow();
  }

  private static RecoveryRefusedException refused(ClientConnection connection, Ending refusal) {
    CloseStatus status = refusal.status();
    FailureText text =
        FailureText.of(connection.name(), "the service did not give the connection back")
            .fact("connection", idOf(connection))
            .fact("socket", refusal.describe())
            .fact(
                "usually",
                "it had ended for good: closed by either side, not recovered in time (30 s unless"
                    + " the fake was built with another recoveryWindow), or too much left"
                    + " unacknowledged")
            .state("connect another client to go on");
    return new RecoveryRefusedException(
        new ClientReport(connection).withState(text).text(), status);
  }
}
