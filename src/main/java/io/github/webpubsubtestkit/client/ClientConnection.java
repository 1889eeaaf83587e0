package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Barrier;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Interruption;
import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.net.SocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection and everything received over it, shared by the client's methods, its
 * assertions and their failure texts.
 */
final class ClientConnection implements FailureContext {

  private final ClientContext context;
  private final Inbox inbox;
  private final String name;
  private final String protocolName;
  private final @Nullable SequenceIds sequenceIds;
  private final Set<String> groups; // guarded by groups
  private volatile ClientSocket socket; // replaced by a recovery
  private volatile @Nullable String foundId;

  /**
   * Creates a connection after its handshake.
   *
   * @param name the client's name
   * @param protocolName the subprotocol's name in failure texts
   * @param sequenceIds null if the subprotocol is not reliable
   */
  ClientConnection(
      ClientContext context,
      Inbox inbox,
      ClientSocket socket,
      String name,
      String protocolName,
      @Nullable SequenceIds sequenceIds) {
    this.context = context;
    this.inbox = inbox;
    this.socket = socket;
    this.name = name;
    this.protocolName = protocolName;
    this.sequenceIds = sequenceIds;
    this.groups = new LinkedHashSet<>(context.options().groups());
    socket.rename(name);
  }

  ClientContext context() {
    return context;
  }

  Inbox inbox() {
    return inbox;
  }

  ClientSocket socket() {
    return socket;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public FailureText withState(FailureText text) {
    return new ClientReport(this).withState(text);
  }

  /** Sets the id of a connection whose service does not send it. */
  void identify(@Nullable String connectionId) {
    foundId = connectionId;
  }

  /** The id of the connection, if it is known. */
  Optional<String> connectionId() {
    return inbox.connectionId().or(() -> Optional.ofNullable(foundId));
  }

  String protocolName() {
    return protocolName;
  }

  @Nullable SequenceIds sequenceIds() {
    return sequenceIds;
  }

  /** Replaces the socket of this connection. */
  void servedBy(ClientSocket recovered) {
    socket = recovered;
  }

  boolean isConnected() {
    return !socket.isEnding() && inbox.ending().isEmpty();
  }

  /** Returns whether {@code recover()} may recover it. */
  boolean isRecoverable() {
    return sequenceIds != null && inbox.ending().map(Ending::isDropped).orElse(false);
  }

  /** Returns whether the service still has it, as far as that is known. */
  boolean isKept() {
    return connectionId().filter(id -> context.evidence().connection(id).isPresent()).isPresent();
  }

  void checkOpen(String method) {
    if (!isConnected()) {
      throw new IllegalStateException(
          Secrets.mask(
              "["
                  + name
                  + "] "
                  + method
                  + " needs an open connection, but this one "
                  + inbox
                      .ending()
                      .map(ending -> "was " + ending.describe())
                      .orElse("is being closed")
                  + ". "
                  + (isRecoverable() || (sequenceIds != null && isKept())
                      ? "Call recover() first, or connect another client"
                      : "Connect another client to go on")
                  + faults()),
          inbox.ending().map(Ending::failure).orElse(null));
    }
  }

  /** Returns whether a fault keeps the service from reading what this client sends. */
  boolean isUnheard() {
    Barrier barrier = context.barrier();
    SocketAddress address = socket.localAddress();
    return barrier != null && address != null && barrier.isUnheard(address);
  }

  /** The faults that may have ended it, as further lines of a text. */
  private String faults() {
    return context.faults(connectionId().orElse(null)).stream()
        .map(each -> "\n  " + each)
        .collect(Collectors.joining());
  }

  /** Starts closing, unless it is closed or closing; does not wait. */
  void beginClose(int code, String reason, String by) {
    if (isConnected()) {
      socket.beginClose(code, reason, by);
    }
  }

  /**
   * Waits for the pong of a ping that {@link ClientSocket#ping()} sent, or for the end.
   *
   * @return true if either came in time
   */
  boolean awaitPingConfirmed(long nonce, long deadlineNanos) {
    try {
      return Waiting.until(
              inbox.changes(),
              deadlineNanos,
              () ->
                  inbox.isPingConfirmed(nonce) || inbox.ending().isPresent()
                      ? Optional.of(true)
                      : Optional.empty())
          .isPresent();
    } catch (Interruption e) {
      throw new InterruptedWaitException(
          e.in(
              new ClientReport(this)
                  .everything(
                      FailureText.of(
                          name, "waited until the service has read what this client has sent"))
                  .text()));
    }
  }

  void joined(String group) {
    synchronized (groups) {
      groups.add(group);
    }
  }

  void left(String group) {
    synchronized (groups) {
      groups.remove(group);
    }
  }

  /** The groups that the client has joined, as far as it knows. */
  List<String> knownGroups() {
    synchronized (groups) {
      return List.copyOf(groups);
    }
  }
}
