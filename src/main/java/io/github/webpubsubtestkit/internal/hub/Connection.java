package io.github.webpubsubtestkit.internal.hub;

import io.github.webpubsubtestkit.internal.timeline.Party;
import io.github.webpubsubtestkit.internal.wire.ServiceCodec;
import io.github.webpubsubtestkit.internal.wire.Subprotocol;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A logical connection: a client's identity, permissions and groups. On a reliable subprotocol it
 * may outlive its socket (client-protocols F). Guarded by its hub's lock.
 */
public final class Connection implements Selectable {

  private final String id;
  private final ConnectionEvents events;
  private final @Nullable String userId;
  private final Subprotocol protocol;
  private final @Nullable String protocolName;
  private final ServiceCodec codec;
  private final @Nullable ReplayBuffer unacknowledged;
  private final Party party;
  private final List<String> roles;
  private final Set<String> groups = new HashSet<>(4);
  private @Nullable GroupPermission joinPermission;
  private @Nullable GroupPermission sendPermission;
  private @Nullable AckMemory ackMemory;
  private @Nullable Mailbox mailbox;
  private @Nullable Receiver receiver;
  private @Nullable RecoveryWindow window;
  private boolean ended;

  Connection(
      NewConnection details,
      Receiver receiver,
      @Nullable ReplayBuffer unacknowledged,
      String label) {
    this.id = details.id();
    this.events = details.events();
    this.userId = details.userId();
    this.protocol = details.protocol();
    this.protocolName = protocolName(details);
    this.codec = details.codec();
    this.roles = details.roles();
    this.receiver = receiver;
    this.unacknowledged = unacknowledged;
    this.party =
        Party.connection(label, id, protocol.isProtobuf() ? ProtobufFrames.INSTANCE : null);
  }

  /** The id used in the REST API. */
  @Override
  public String id() {
    return id;
  }

  /** Its label in the timeline. */
  public String label() {
    return party.label();
  }

  /** The connection in the timeline. */
  public Party party() {
    return party;
  }

  /** The events of the connection for the application. */
  ConnectionEvents events() {
    return events;
  }

  /** The user; null without one, may be empty. */
  @Override
  public @Nullable String userId() {
    return userId;
  }

  /**
   * The user visible to others as the sender: an empty user id counts as none (client-protocols
   * D19).
   */
  @Nullable String visibleUserId() {
    return ConnectionView.visible(userId);
  }

  /** Its subprotocol, regardless of those offered for a recovery. */
  public Subprotocol protocol() {
    return protocol;
  }

  /** The service's side of the subprotocol. */
  public ServiceCodec codec() {
    return codec;
  }

  /** The socket's side; null while a reliable connection has no socket. */
  @Nullable Receiver receiver() {
    return receiver;
  }

  /** Returns whether that socket still serves it; false once it has ended or has another socket. */
  boolean isServedBy(Receiver socket) {
    return !ended && receiver == socket;
  }

  /** The messages that may have to be sent again; null on a subprotocol that is not reliable. */
  @Nullable ReplayBuffer unacknowledged() {
    return unacknowledged;
  }

  /** Attaches the socket that serves the connection from now on. */
  void attach(Receiver socket) {
    receiver = socket;
    closeWindow();
  }

  /** Detaches the socket, for the time of a recovery window. */
  void detach(RecoveryWindow opened) {
    receiver = null;
    window = opened;
  }

  /** The time for a recovery; null while there is a socket. */
  @Nullable RecoveryWindow window() {
    return window;
  }

  private void closeWindow() {
    RecoveryWindow open = window;
    if (open != null) {
      open.cancel();
      window = null;
    }
  }

  Set<String> groups() {
    return groups;
  }

  @Override
  public boolean isInGroup(String group) {
    return groups.contains(group);
  }

  @Override
  public int groupCount() {
    return groups.size();
  }

  @Override
  public @Nullable String protocolName() {
    return protocolName;
  }

  /** Returns the name of a subprotocol; names of predefined ones are not stored per connection. */
  private static @Nullable String protocolName(NewConnection details) {
    Subprotocol spoken = details.protocol();
    return spoken == Subprotocol.RAW ? details.subprotocol() : spoken.wireName();
  }

  boolean mayJoinOrLeave(String group) {
    return permission(GroupAction.JOIN_LEAVE_GROUP).covers(group);
  }

  boolean maySendTo(String group) {
    return permission(GroupAction.SEND_TO_GROUP).covers(group);
  }

  /** A permission of the connection, derived from its roles on first use. */
  GroupPermission permission(GroupAction kind) {
    boolean join = kind == GroupAction.JOIN_LEAVE_GROUP;
    GroupPermission known = join ? joinPermission : sendPermission;
    if (known == null) {
      known = GroupPermission.of(kind, roles);
      if (join) {
        joinPermission = known;
      } else {
        sendPermission = known;
      }
    }
    return known;
  }

  AckMemory ackMemory() {
    AckMemory memory = ackMemory;
    if (memory == null) {
      memory = new AckMemory();
      ackMemory = memory;
    }
    return memory;
  }

  /** Returns whether an event of it is pending, so that everything else has to wait. */
  boolean isWaiting() {
    Mailbox box = mailbox;
    return box != null && box.isWaiting();
  }

  /** The requests waiting for the application; created for the first event. */
  Mailbox mailbox() {
    Mailbox box = mailbox;
    if (box == null) {
      box = new Mailbox();
      mailbox = box;
    }
    return box;
  }

  boolean hasEnded() {
    return ended;
  }

  void markEnded() {
    ended = true;
    closeWindow();
  }

  ConnectionView view() {
    return new ConnectionView(
        id, userId, Set.copyOf(groups), roles, protocol, receiver == null, label());
  }
}
