package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import java.util.Optional;
import org.assertj.core.api.AbstractObjectAssert;

/**
 * Assertions on a connection as it was when it was opened, usually behind {@link
 * ServiceAssert#receivesConnectionFrom}.
 *
 * <p>They check the recorded values and never wait.
 *
 * @since 0.1
 */
public class ConnectionAssert extends AbstractObjectAssert<ConnectionAssert, ConnectionInfo> {

  /**
   * An assertion on a connection.
   *
   * @param actual the connection
   * @since 0.1
   */
  public ConnectionAssert(ConnectionInfo actual) {
    this(ConnectionAssert.class, notNull(actual, "ConnectionAssert", "actual"));
  }

  /** Soft assertions put such an object in the place of one whose value did not come. */
  ConnectionAssert(Class<?> self, ConnectionInfo actual) {
    super(actual, self);
  }

  /**
   * Verifies the hub of the connection.
   *
   * <pre>{@code
   * assertThat(service).receivesConnectionFrom("alice").isInHub("hub"); // passes
   * assertThat(service).receivesConnectionFrom("alice").isInHub("chat"); // fails
   * }</pre>
   *
   * @param hub the hub, in any case
   * @return this assertion object
   * @throws AssertionError if it differs
   * @throws IllegalArgumentException if the hub name is invalid
   * @since 0.1
   */
  public ConnectionAssert isInHub(String hub) {
    notNull(hub, "isInHub", "hub");
    String wanted = Checked.hub(hub);
    return meets(
        actual.hub().equals(wanted),
        "in hub " + FailureText.quotedContent(wanted),
        "in hub " + FailureText.quotedContent(actual.hub()));
  }

  /**
   * Verifies that the connection joined a group by its token when it was opened.
   *
   * <pre>{@code
   * assertThat(service).receivesConnectionFrom("alice").isInGroup("room"); // passes
   * assertThat(service).receivesConnectionFrom("alice").isInGroup("vip"); // fails
   * }</pre>
   *
   * @param group the group
   * @return this assertion object
   * @throws AssertionError if it did not join
   * @since 0.1
   */
  public ConnectionAssert isInGroup(String group) {
    notNull(group, "isInGroup", "group");
    return meets(
        actual.groups().contains(group),
        "in group " + FailureText.quotedContent(group),
        StateReport.groups(actual));
  }

  /**
   * Verifies that the connection is a simple client's, without a PubSub subprotocol.
   *
   * <pre>{@code
   * assertThat(service).receivesConnectionFrom("alice").isSimple(); // passes
   * assertThat(service).receivesConnectionFrom("alice").hasProtocol(JSON); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it has a subprotocol
   * @since 0.1
   */
  public ConnectionAssert isSimple() {
    return meets(actual.protocol().isEmpty(), "of a simple client", protocol());
  }

  /**
   * Verifies the PubSub subprotocol of the connection.
   *
   * <pre>{@code
   * assertThat(service).receivesConnectionFrom("alice").hasProtocol(JSON); // passes
   * assertThat(service).receivesConnectionFrom("alice").isSimple(); // fails
   * }</pre>
   *
   * @param protocol the subprotocol
   * @return this assertion object
   * @throws AssertionError if it has another subprotocol or none
   * @since 0.1
   */
  public ConnectionAssert hasProtocol(Protocol protocol) {
    notNull(protocol, "hasProtocol", "protocol");
    return meets(
        actual.protocol().equals(Optional.of(protocol)),
        "that speaks " + protocol.subprotocol(),
        protocol());
  }

  private String protocol() {
    return actual
        .protocol()
        .map(protocol -> "one that speaks " + protocol.subprotocol())
        .orElse("that of a simple client");
  }

  private ConnectionAssert meets(boolean met, String phrase, String was) {
    if (!met) {
      throw failure(
          "%s",
          FailureText.differs("service", "expected a connection", phrase, was)
              .fact(
                  "connection",
                  StateReport.line(actual) + "  hub " + FailureText.quotedContent(actual.hub()))
              .text());
    }
    return this;
  }
}
