package io.github.webpubsubtestkit.service;

import static java.util.Objects.requireNonNull;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.AssertProvider;

/**
 * A snapshot of one connection of a hub.
 *
 * @param hub the hub, in lower case
 * @param connectionId the id that the service gave the connection
 * @param userId the user, if any
 * @param groups the groups it was a member of
 * @param protocol the PubSub subprotocol; empty for a simple client
 * @param isDetached true for a reliable connection that has lost its socket and can still be
 *     recovered; such a connection counts as connected, stays in its groups and receives messages
 * @since 0.1
 */
public record ConnectionInfo(
    String hub,
    String connectionId,
    Optional<String> userId,
    Set<String> groups,
    Optional<Protocol> protocol,
    boolean isDetached)
    implements AssertProvider<ConnectionAssert> {

  /**
   * Creates a snapshot.
   *
   * @param hub the hub, in lower case
   * @param connectionId the id that the service gave the connection
   * @param userId the user, if any
   * @param groups the groups it was a member of; copied
   * @param protocol the PubSub subprotocol; empty for a simple client
   * @param isDetached true if it has lost its socket and can still be recovered
   * @throws NullPointerException if an argument is null
   */
  public ConnectionInfo {
    requireNonNull(hub, "hub");
    requireNonNull(connectionId, "connectionId");
    requireNonNull(userId, "userId");
    groups = Set.copyOf(groups);
    requireNonNull(protocol, "protocol");
  }

  /**
   * Supports {@code assertThat(connection)} of AssertJ.
   *
   * @return the assertions
   */
  @Override
  public ConnectionAssert assertThat() {
    return new ConnectionAssert(this);
  }

  /**
   * Returns a readable description.
   *
   * @return a text in which tokens are masked
   */
  @Override
  public String toString() {
    return Secrets.mask(
        "ConnectionInfo[hub="
            + hub
            + ", connectionId="
            + connectionId
            + ", userId="
            + userId
            + ", groups="
            + groups
            + ", protocol="
            + protocol
            + ", isDetached="
            + isDetached
            + "]");
  }
}
