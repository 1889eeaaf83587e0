package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.internal.expect.FailureText;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a connection as it was when it was opened, usually behind {@link
 * ServiceAssert#receivesConnectionFrom}.
 *
 * <p>They look at what is there; none of them waits.
 *
 * @since 0.1
 */
public class ConnectionAssert extends AbstractAssert<ConnectionAssert, ConnectionInfo> {

  /**
   * An assertion on a connection.
   *
   * @param actual the connection
   * @since 0.1
   */
  public ConnectionAssert(ConnectionInfo actual) {
    super(notNull(actual, "ConnectionAssert", "actual"), ConnectionAssert.class);
  }

  /**
   * Verifies which hub it belongs to.
   *
   * <pre>{@code
   * assertThat(service).receivesConnectionFrom("alice").isInHub("hub"); // passes
   * assertThat(service).receivesConnectionFrom("alice").isInHub("chat"); // fails
   * }</pre>
   *
   * @param hub the hub, in any case
   * @return this assertion object
   * @throws AssertionError if it is another one
   * @throws IllegalArgumentException if that is no hub name
   * @since 0.1
   */
  public ConnectionAssert isInHub(String hub) {
    notNull(hub, "isInHub", "hub");
    return meets(actual.hub().equals(Checked.hub(hub)), "in hub " + Checked.hub(hub));
  }

  /**
   * Verifies that it joined a group by its token, the moment it was opened.
   *
   * <pre>{@code
   * assertThat(service).receivesConnectionFrom("alice").isInGroup("room"); // passes
   * assertThat(service).receivesConnectionFrom("alice").isInGroup("vip"); // fails
   * }</pre>
   *
   * @param group the group
   * @return this assertion object
   * @throws AssertionError if it did not
   * @since 0.1
   */
  public ConnectionAssert isInGroup(String group) {
    notNull(group, "isInGroup", "group");
    return meets(actual.groups().contains(group), "in group " + FailureText.quotedContent(group));
  }

  /**
   * Verifies that it is a simple client's: it speaks no PubSub subprotocol.
   *
   * <pre>{@code
   * assertThat(service).receivesConnectionFrom("alice").isSimple(); // passes
   * assertThat(service).receivesConnectionFrom("alice").hasProtocol(JSON); // fails
   * }</pre>
   *
   * @return this assertion object
   * @throws AssertionError if it speaks one
   * @since 0.1
   */
  public ConnectionAssert isSimple() {
    return meets(actual.protocol().isEmpty(), "of a simple client");
  }

  /**
   * Verifies which PubSub subprotocol it speaks.
   *
   * <pre>{@code
   * assertThat(service).receivesConnectionFrom("alice").hasProtocol(JSON); // passes
   * assertThat(service).receivesConnectionFrom("alice").isSimple(); // fails
   * }</pre>
   *
   * @param protocol the subprotocol
   * @return this assertion object
   * @throws AssertionError if it speaks another one or none
   * @since 0.1
   */
  public ConnectionAssert hasProtocol(Protocol protocol) {
    notNull(protocol, "hasProtocol", "protocol");
    return meets(
        actual.protocol().equals(Optional.of(protocol)), "that speaks " + protocol.subprotocol());
  }

  private ConnectionAssert meets(boolean met, String phrase) {
    if (!met) {
      throw failure(
          "%s",
          FailureText.of("service", "expected a connection " + phrase)
              .fact("hub", actual.hub())
              .fact("but was", StateReport.line(actual))
              .text());
    }
    return this;
  }
}
