package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.bridge.CurrentCallback;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.Interruption;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.wire.AckId;
import io.github.webpubsubtestkit.internal.wire.ClientCodec;
import io.github.webpubsubtestkit.internal.wire.ClientRequest;
import io.github.webpubsubtestkit.internal.wire.EncodedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sends requests to the service and waits for the response (client-protocols E.2, E.5). */
final class Requests {

  private final ClientConnection connection;
  private final Inbox inbox;
  private final ClientCodec codec;

  Requests(ClientConnection connection, ClientCodec codec) {
    this.connection = connection;
    this.codec = codec;
    this.inbox = connection.inbox();
  }

  /** Sends a request with an ack id of the kit's own and waits for a positive ack. */
  void send(String method, String subject, Function<AckId, ClientRequest> request) {
    checkMayWait(method);
    connection.checkOpen(method);
    Headline ack = Headline.of("an ack for ").add(asked(method, subject));
    long id = inbox.awaitAck();
    try {
      EncodedMessage message = codec.encode(request.apply(new AckId(id)));
      connection.socket().send(message.text(), message.bytes());
      Ack came = await(() -> inbox.awaitedAck(id), ack, message);
      if (!came.isSuccessful()) {
        throw failed(method, subject, came);
      }
    } finally {
      inbox.stopAwaiting(id);
    }
  }

  void ping() {
    checkMayWait("ping");
    connection.checkOpen("ping");
    long before = inbox.pongs();
    EncodedMessage message = codec.encode(new ClientRequest.Ping());
    connection.socket().send(message.text(), message.bytes());
    await(
        () -> inbox.takePong(before) ? Optional.of(true) : Optional.empty(),
        Headline.of("a pong for ping"),
        message);
  }

  /** Throws in a callback for an event of this client, whose answer the service waits for. */
  private void checkMayWait(String method) {
    connection.socket().checkMayWait(method);
    String id = connection.connectionId().orElse("");
    if (CurrentCallback.isFor(id)) {
      throw new IllegalStateException(
          "["
              + connection.name()
              + "] "
              + method
              + " in the callback for event \""
              + CurrentCallback.get().map(CurrentCallback::event).orElse("")
              + "\" of the same client would wait for itself: the service carries out the client's"
              + " next request when the event is answered. Call it in the test, use another client,"
              + " or let the service do it, for example service.addConnectionToGroup(..)");
    }
  }

  private <T> T await(Supplier<Optional<T>> answer, Headline what, EncodedMessage sent) {
    Timeout timeout = connection.context().times().usual();
    Optional<Optional<T>> outcome;
    try {
      outcome =
          Waiting.until(
              inbox.changes(),
              timeout.deadlineNanos(),
              () -> {
                boolean ended =
                    inbox.ending().isPresent(); // before the check: it may be the last frame
                Optional<T> came = answer.get();
                return came.isPresent() || ended ? Optional.of(came) : Optional.empty();
              });
    } catch (Interruption e) {
      throw new InterruptedWaitException(e.in(missing(what, sent, timeout, false)));
    }
    boolean ended = outcome.isPresent();
    Optional<T> came = outcome.flatMap(Function.identity());
    if (came.isEmpty()) {
      throw new AckTimeoutException(
          missing(what, sent, timeout, ended), inbox.ending().map(Ending::failure).orElse(null));
    }
    return came.get();
  }

  private AckFailedException failed(String method, String subject, Ack ack) {
    String name = ack.errorName().orElse("");
    String message = ack.errorMessage().orElse("");
    ClientReport report = new ClientReport(connection);
    FailureText text =
        FailureText.of(
            connection.name(),
            asked(method, subject).words(" was refused: " + name + ": ").value(message));
    if (text.isShortened()) {
      text.fact("reason", FailureText.content(message));
    }
    if (name.equals("Forbidden")) {
      report.addRoles(
          text, method.equals("sendToGroup") ? "sendToGroup" : "joinLeaveGroup", subject);
    }
    return new AckFailedException(report.withState(text).text(), name, message);
  }

  private static Headline asked(String method, String subject) {
    return Headline.of(method + " ").quoted(subject);
  }

  private String missing(Headline what, EncodedMessage sent, Timeout timeout, boolean ended) {
    FailureText text =
        FailureText.of(
            connection.name(),
            Headline.of("expected ")
                .add(what)
                .words(
                    ended
                        ? ", but the connection ended before one came"
                        : " within " + timeout + " but none came"));
    text.fact(
        "sent",
        sent.text()
            ? FailureText.content(
                new ClientReport(connection)
                    .display()
                    .of(new String(sent.bytes(), StandardCharsets.UTF_8)))
            : Bytes.describe(sent.bytes()));
    new ClientReport(connection).everything(text);
    return text.text();
  }
}
