package io.github.webpubsubtestkit.internal.hub;

import java.util.List;
import java.util.Optional;

/**
 * One hub: its connections, groups and users (client-protocols H to J). Servers operate on them by
 * {@link ServerRequest}s. One lock guards it all, so that every member of a group sees messages in
 * the same order.
 */
public final class Hub {

  private final HubState state;
  private final Roster roster; // guarded by state
  private final Messenger messages;
  private final ConnectionLifecycle lifecycle;
  private final ClientFaults faults;

  Hub(String name, ServiceContext service) {
    state = new HubState(name, service);
    roster = state.roster();
    messages = new Messenger(state);
    faults = messages.faults();
    lifecycle = new ConnectionLifecycle(state, messages, faults);
  }

  /** The name in lower case. */
  public String name() {
    return state.name();
  }

  HubState state() {
    return state;
  }

  Roster roster() {
    return roster;
  }

  Messenger messages() {
    return messages;
  }

  /** The lifecycle of its connections. */
  public ConnectionLifecycle lifecycle() {
    return lifecycle;
  }

  /** Returns whether a client lags behind a burst; senders that may block should then wait. */
  public boolean isAheadOfClients() {
    return state.service().clientsBehind().get() > 0;
  }

  /** Lets all open connections meet the faults that are for them. */
  void meetFaults() {
    synchronized (state) {
      Roster.snapshot(roster.all()).forEach(faults::meet);
    }
  }

  void endAll() {
    synchronized (state) {
      for (Connection each : Roster.snapshot(roster.all())) {
        state.end(each, new End.ServiceReset());
      }
    }
  }

  /** Returns whether there is a connection of that id. */
  public boolean connectionExists(String id) {
    synchronized (state) {
      return roster.connection(id) != null;
    }
  }

  /** Returns whether a user has a connection. */
  public boolean userExists(String userId) {
    synchronized (state) {
      return !roster.ofUser(userId).isEmpty();
    }
  }

  /** Returns whether a group has a member. */
  public boolean groupExists(String group) {
    synchronized (state) {
      return !roster.inGroup(group).isEmpty();
    }
  }

  /** The connection of that id, if there is one. */
  public Optional<ConnectionView> connection(String id) {
    synchronized (state) {
      return Optional.ofNullable(roster.connection(id)).map(Connection::view);
    }
  }

  /** Tells the timeline the name of a connection's client in the test. */
  public void nameClient(String id, String client) {
    synchronized (state) {
      Connection connection = roster.connection(id);
      if (connection != null) {
        connection.party().client(client);
      }
    }
  }

  /** All connections, in the order in which they came. */
  public List<ConnectionView> connections() {
    synchronized (state) {
      return roster.all().stream().map(Connection::view).toList();
    }
  }

  /** The members of a group, in the order in which they joined. */
  public List<ConnectionView> members(String group) {
    synchronized (state) {
      return roster.inGroup(group).stream().map(Connection::view).toList();
    }
  }
}
