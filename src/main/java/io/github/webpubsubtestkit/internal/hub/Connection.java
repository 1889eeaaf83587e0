package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.wire.ServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A logical connection: who a client is, what it may do and where it belongs. Guarded by its hub's
 * lock.
 */
public final class Connection {

  private final Hub hub;
  private final String id;
  private final @Nullable String userId;
  private final Subprotocol protocol;
  private final ServiceCodec codec;
  private final Receiver receiver;
  private final String label;
  private final List<String> roles;
  private final Set<String> groups = new HashSet<>(4);
  private @Nullable GroupPermission joinPermission;
  private @Nullable GroupPermission sendPermission;
  private @Nullable AckMemory ackMemory;
  private boolean ended;

  Connection(Hub hub, String id, NewConnection details, Receiver receiver, String label) {
    this.hub = hub;
    this.id = id;
    this.userId = details.userId();
    this.protocol = details.protocol();
    this.codec = details.codec();
    this.roles = details.roles();
    this.receiver = receiver;
    this.label = label;
  }

  /** The hub it is connected to. */
  public Hub hub() {
    return hub;
  }

  /** The id by which REST finds it. */
  public String id() {
    return id;
  }

  /** What the timeline calls it. */
  public String label() {
    return label;
  }

  /** The user; null without one, may be empty. */
  public @Nullable String userId() {
    return userId;
  }

  /** The user that others see as sender: an empty user id counts as none (client-protocols D19). */
  @Nullable String visibleUserId() {
    return userId == null || userId.isEmpty() ? null : userId;
  }

  Subprotocol protocol() {
    return protocol;
  }

  /** The service's side of the subprotocol. */
  public ServiceCodec codec() {
    return codec;
  }

  Receiver receiver() {
    return receiver;
  }

  Set<String> groups() {
    return groups;
  }

  boolean mayJoinOrLeave(String group) {
    GroupPermission permission = joinPermission;
    if (permission == null) {
      permission = GroupPermission.toJoinAndLeave(roles);
      joinPermission = permission;
    }
    return permission.covers(group);
  }

  boolean maySendTo(String group) {
    GroupPermission permission = sendPermission;
    if (permission == null) {
      permission = GroupPermission.toSend(roles);
      sendPermission = permission;
    }
    return permission.covers(group);
  }

  AckMemory ackMemory() {
    AckMemory memory = ackMemory;
    if (memory == null) {
      memory = new AckMemory();
      ackMemory = memory;
    }
    return memory;
  }

  boolean hasEnded() {
    return ended;
  }

  void markEnded() {
    ended = true;
  }

  ConnectionView view() {
    return new ConnectionView(id, userId, Set.copyOf(groups), protocol, label);
  }
}
