package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

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
   * @param hub see above
   * @param connectionId see above
   * @param userId see above
   * @param groups see above; copied
   * @param protocol see above
   * @param isDetached see above
   */
  public ConnectionInfo {
    notNull(hub, "ConnectionInfo", "hub");
    notNull(connectionId, "ConnectionInfo", "connectionId");
    notNull(userId, "ConnectionInfo", "userId");
    noneNull(groups, "ConnectionInfo", "groups");
    groups = Set.copyOf(groups);
    notNull(protocol, "ConnectionInfo", "protocol");
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
