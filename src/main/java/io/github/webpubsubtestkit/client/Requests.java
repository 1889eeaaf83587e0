package io.github.webpubsubtestkit.client;

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
    connection.socket().checkMayWait(method);
    connection.checkOpen(method);
    String asked = method + " " + FailureText.quotedContent(subject);
    long id = inbox.awaitAck();
    try {
      EncodedMessage message = codec.encode(request.apply(new AckId(id)));
      connection.socket().send(message.text(), message.bytes());
      Ack ack = await(() -> inbox.awaitedAck(id), "an ack for " + asked, message);
      if (!ack.isSuccessful()) {
        throw failed(method, subject, ack);
      }
    } finally {
      inbox.stopAwaiting(id);
    }
  }

  void ping() {
    connection.socket().checkMayWait("ping");
    connection.checkOpen("ping");
    long before = inbox.pongs();
    EncodedMessage message = codec.encode(new ClientRequest.Ping());
    connection.socket().send(message.text(), message.bytes());
    await(
        () -> inbox.takePong(before) ? Optional.of(true) : Optional.empty(),
        "a pong for ping",
        message);
  }

  private <T> T await(Supplier<Optional<T>> answer, String what, EncodedMessage sent) {
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
    String asked = method + " " + FailureText.quotedContent(subject);
    String name = ack.errorName().orElse("");
    String message = ack.errorMessage().orElse("");
    ClientReport report = new ClientReport(connection);
    FailureText text =
        FailureText.of(
            connection.name(), Headline.of(asked + " was refused: " + name + ": ").value(message));
    if (text.isShortened()) {
      text.fact("reason", FailureText.content(message));
    }
    if (name.equals("Forbidden")) {
      report.addRoles(
          text, method.equals("sendToGroup") ? "sendToGroup" : "joinLeaveGroup", subject);
    }
    return new AckFailedException(
        new ClientReport(connection).withState(text).text(), name, message);
  }

  private String missing(String what, EncodedMessage sent, Timeout timeout, boolean ended) {
    FailureText text =
        FailureText.of(
            connection.name(),
            "expected "
                + what
                + (ended ? ", but the connection ended before one came" : " within " + timeout));
    text.fact(
        "sent",
        sent.text()
            ? FailureText.content(new String(sent.bytes(), StandardCharsets.UTF_8))
            : Bytes.describe(sent.bytes()));
    new ClientReport(connection).everything(text);
    return text.text();
  }
}
