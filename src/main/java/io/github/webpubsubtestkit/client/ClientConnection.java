package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.Waiting;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection and what has come over it: what the client's methods, its assertions and
 * their failure texts work on.
 */
final class ClientConnection {

  private final ClientContext context;
  private final Inbox inbox;
  private final String name;
  private final String protocolName;
  private final @Nullable SequenceIds sequenceIds;
  private final Set<String> groups; // guarded by groups
  private volatile ClientSocket socket; // another one after a recovery

  /**
   * A connection whose handshake is over.
   *
   * @param name what to call the client
   * @param protocolName what failure texts call the subprotocol
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

  String name() {
    return name;
  }

  String protocolName() {
    return protocolName;
  }

  @Nullable SequenceIds sequenceIds() {
    return sequenceIds;
  }

  /** Another socket serves this connection from now on. */
  void servedBy(ClientSocket recovered) {
    socket = recovered;
  }

  boolean isConnected() {
    return !socket.isEnding() && inbox.ending().isEmpty();
  }

  /** Returns whether {@code recover()} may get it back. */
  boolean isRecoverable() {
    return sequenceIds != null && inbox.ending().map(Ending::isDropped).orElse(false);
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
                  + (isRecoverable()
                      ? "Call recover() first, or connect another client"
                      : "Connect another client to go on")));
    }
  }

  /** Starts to close, unless it is closed or being closed; does not wait. */
  void beginClose(int code, String reason, String by) {
    if (isConnected()) {
      socket.beginClose(code, reason, by);
    }
  }

  /**
   * Waits for the pong of a ping that {@link ClientSocket#ping()} sent, or for the end.
   *
   * @return whether one of both came in time
   */
  boolean awaitPingConfirmed(long nonce, long deadlineNanos) {
    return Waiting.until(
            inbox.changes(),
            deadlineNanos,
            () ->
                inbox.isPingConfirmed(nonce) || inbox.ending().isPresent()
                    ? Optional.of(true)
                    : Optional.empty())
        .isPresent();
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

  /** The groups that the client has joined as far as it knows. */
  List<String> knownGroups() {
    synchronized (groups) {
      return List.copyOf(groups);
    }
  }
}
