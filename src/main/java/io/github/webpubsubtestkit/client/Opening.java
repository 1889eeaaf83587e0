package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.Interruption;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Direction;
import io.github.webpubsubtestkit.internal.transport.ClientHandshake;
import io.github.webpubsubtestkit.internal.transport.ClientHandshakeHandler;
import io.github.webpubsubtestkit.internal.transport.HttpResponse;
import io.github.webpubsubtestkit.internal.transport.TransportLimits;
import io.github.webpubsubtestkit.internal.transport.WebSocketAddress;
import io.github.webpubsubtestkit.internal.transport.WebSocketConnection;
import io.github.webpubsubtestkit.internal.transport.WebSocketDialer;
import io.github.webpubsubtestkit.internal.transport.WebSocketHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The opening of one connection: from the handshake until the service has registered it. */
final class Opening implements ClientHandshakeHandler {

  private final ClientContext context;
  private final ClientHandshake handshake;
  private final Inbox inbox;
  private final ClientSocket.Reader reader;
  private final boolean recovering;
  private final Timeout timeout;
  private @Nullable ClientSocket socket; // guarded by this
  private @Nullable HttpResponse refusal; // guarded by this
  private @Nullable IOException failure; // guarded by this
  private boolean givenUp; // guarded by this

  private Opening(
      ClientContext context,
      ClientHandshake handshake,
      Inbox inbox,
      ClientSocket.Reader reader,
      boolean recovering) {
    this.context = context;
    this.handshake = handshake;
    this.inbox = inbox;
    this.reader = reader;
    this.recovering = recovering;
    this.timeout = context.times().usual();
  }

  /**
   * Opens a connection and waits for it: for the 101 and, if a subprotocol was offered, for the
   * {@code connected} message.
   */
  static ClientSocket open(
      ClientContext context, ClientHandshake handshake, Inbox inbox, ClientSocket.Reader reader) {
    return new Opening(context, handshake, inbox, reader, false).run();
  }

  /**
   * Opens another socket for an existing connection, and waits until all messages kept by the
   * service have been read or the service has closed the socket.
   *
   * @return the socket; if it has ended, the recovery was refused
   */
  static ClientSocket recover(
      ClientContext context, ClientHandshake handshake, Inbox inbox, ClientSocket.Reader reader) {
    return new Opening(context, handshake, inbox, reader, true).run();
  }

  private ClientSocket run() {
    if (context.loop().inLoop()) {
      throw new IllegalStateException(
          "connecting blocks and cannot be done in a callback of the fake: it waits for work"
              + " on the same thread. Connect in the test");
    }
    long deadline = timeout.deadlineNanos();
    WebSocketDialer.connect(context.loop(), handshake, TransportLimits.ofClient(), this);
    boolean open = false;
    try {
      ClientSocket opened = awaitHandshake(deadline);
      if (recovering) {
        awaitRecovered(opened, deadline);
      } else if (!handshake.subprotocols().isEmpty()) {
        awaitConnected(deadline);
      }
      open = true;
      return opened;
    } catch (Interruption e) {
      FailureText text =
          FailureText.of(context.name(), "expected to connect within " + timeout)
              .fact("url", handshake.address().url());
      throw new InterruptedWaitException(e.in(withCauses(text).text()));
    } finally {
      if (!open) {
        giveUp();
      }
    }
  }

  @Override
  public WebSocketHandler onOpen(WebSocketConnection connection, @Nullable String subprotocol) {
    ClientSocket opened = new ClientSocket(context, inbox, connection, reader, !recovering);
    boolean tooLate;
    synchronized (this) {
      tooLate = givenUp;
      socket = opened;
      if (subprotocol == null && !handshake.subprotocols().isEmpty()) {
        failure =
            new IOException(
                "the service answered 101 but selected no subprotocol, so it will not speak "
                    + String.join(", ", handshake.subprotocols()));
      }
    }
    if (tooLate) {
      opened.drop("an opening that took too long");
    }
    inbox.changes().signal();
    return opened;
  }

  @Override
  public void onRefused(HttpResponse response) {
    synchronized (this) {
      refusal = response;
    }
    inbox.changes().signal();
  }

  @Override
  public void onFailed(IOException failure) {
    synchronized (this) {
      this.failure = failure;
    }
    inbox.changes().signal();
  }

  private ClientSocket awaitHandshake(long deadline) {
    Waiting.until(inbox.changes(), deadline, this::outcome);
    synchronized (this) {
      if (failure != null) {
        throw failed("could not connect", failure);
      }
      if (refusal != null) {
        throw refused(refusal);
      }
      if (socket != null) {
        return socket;
      }
    }
    throw failed("got no answer to its handshake within " + timeout, null);
  }

  private synchronized Optional<Boolean> outcome() {
    return failure != null || refusal != null || socket != null
        ? Optional.of(true)
        : Optional.empty();
  }

  private void awaitConnected(long deadline) {
    Waiting.until(
        inbox.changes(),
        deadline,
        () ->
            inbox.connectionId().isPresent() || inbox.ending().isPresent()
                ? Optional.of(true)
                : Optional.empty());
    if (inbox.connectionId().isPresent()) {
      return;
    }
    throw failed(
        inbox
            .ending()
            .map(ending -> "got 101, but no connected message came: " + ending.describe())
            .orElse("got 101, but no connected message came within " + timeout),
        inbox.ending().map(Ending::failure).orElse(null));
  }

  /** Waits for the answer to a ping, which follows all replayed messages (client-protocols F.4). */
  private void awaitRecovered(ClientSocket opened, long deadline) {
    long nonce = opened.ping();
    Optional<Boolean> answer =
        Waiting.until(
            inbox.changes(),
            deadline,
            () ->
                opened.ending().isPresent() || inbox.isPingConfirmed(nonce)
                    ? Optional.of(true)
                    : Optional.empty());
    if (answer.isEmpty()) {
      throw failed(
          "got 101, but neither was the connection recovered nor the recovery refused within "
              + timeout,
          null);
    }
  }

  private void giveUp() {
    ClientSocket opened;
    synchronized (this) {
      givenUp = true;
      opened = socket;
    }
    if (opened != null && opened.ending().isEmpty()) {
      opened.drop("an opening that failed");
    }
  }

  private ConnectFailedException failed(String what, @Nullable Throwable cause) {
    FailureText text = FailureText.of(context.name(), what).fact("url", handshake.address().url());
    if (cause != null) {
      text.fact("cause", describe(cause));
    }
    withCauses(text);
    note(what + (cause == null ? "" : ": " + describe(cause)));
    return new ConnectFailedException(text.text(), cause == null ? null : Secrets.mask(cause));
  }

  private FailureText withCauses(FailureText text) {
    return context.withCauses(text, inbox.connectionId().orElse(null));
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return cause instanceof IOException && message != null && !message.isBlank()
        ? message
        : cause.toString();
  }

  private HandshakeRejectedException refused(HttpResponse response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    WebSocketAddress address = handshake.address();
    List<String> reason = context.evidence().refusal(address.target());
    Headline headline = Headline.of("the service refused the connection with " + response.status());
    if (!reason.isEmpty()) {
      headline.words(": ").value(reason.get(0));
    }
    FailureText text = FailureText.of(context.name(), headline);
    if (!reason.isEmpty()) {
      if (text.isShortened()) {
        text.fact("reason", FailureText.content(reason.get(0)));
      }
      text.fact("token", reason.subList(1, reason.size()));
    }
    text.fact("url", address.url())
        .fact("body", body.isEmpty() ? "empty" : FailureText.content(body));
    response
        .headers()
        .first("WWW-Authenticate")
        .ifPresent(detail -> text.fact("detail", FailureText.content(detail)));
    if (reason.isEmpty()) {
      usualCause(response.status(), body).ifPresent(cause -> text.fact("usually", cause));
    }
    withCauses(text);
    note("was refused with " + response.status());
    return new HandshakeRejectedException(text.text(), response.status(), body);
  }

  private static Optional<String> usualCause(int status, String body) {
    return switch (status) {
      case 400 ->
          body.isEmpty()
              ? Optional.of(
                  "a hub name, webpubsub_mode, group or noEcho in the URL, or a group in the"
                      + " token, that is not valid")
              : Optional.empty(); // which says it, also that the port speaks TLS
      case 401 ->
          Optional.of(
              "no token, or one that is expired, signed with another access key, or made for"
                  + " another hub or endpoint");
      case 403 -> Optional.of("the application's handler of the connect event did not let it in");
      case 404 -> Optional.of("a path other than /client/hubs/{hub}");
      default -> Optional.empty();
    };
  }

  private void note(String what) {
    context.timeline().record(context.name(), Direction.NOTE, what);
  }
}
