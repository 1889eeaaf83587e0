package io.github.webpubsubtestkit.client;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.noneNull;
import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.SharedTime;
import io.github.webpubsubtestkit.internal.expect.Timeout;
import io.github.webpubsubtestkit.internal.expect.WaitTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on several clients, which share one deadline: ten clients that miss a message fail
 * after 5 seconds, not after 50, and one failure names all of them.
 *
 * <pre>{@code
 * assertThatClients(alice, bob, carol).allSatisfy(each -> each.receivesText("start"));   // passes
 * assertThatClients(alice, bob).allSatisfy(each -> each.receivesText("stop"));   // fails after 5 s
 * }</pre>
 *
 * @since 0.1
 */
public final class ClientsAssert extends AbstractAssert<ClientsAssert, List<Client>> {

  private Timeout deadline;

  private ClientsAssert(List<Client> actual) {
    super(actual, ClientsAssert.class);
    this.deadline = times().usual();
  }

  /**
   * Begins assertions on several clients; for static import.
   *
   * @param clients at least one
   * @return assertions on these clients
   * @throws IllegalArgumentException if no client is given
   * @since 0.1
   */
  public static ClientsAssert assertThatClients(Client... clients) {
    noneNull(clients, "assertThatClients", "clients");
    if (clients.length == 0) {
      throw new IllegalArgumentException("assertThatClients needs at least one client");
    }
    return new ClientsAssert(List.of(clients));
  }

  /**
   * Begins assertions on several clients; for static import.
   *
   * <pre>{@code
   * List<PubSubClient> audience = List.of(alice, bob, carol);
   * assertThatClients(audience).allSatisfy(each -> each.receivesText("start"));   // passes
   * assertThatClients(audience).allSatisfy(each -> each.receivesText("stop"));    // fails
   * }</pre>
   *
   * @param clients at least one
   * @return assertions on these clients
   * @throws IllegalArgumentException if no client is given
   * @since 0.1
   */
  public static ClientsAssert assertThatClients(Collection<? extends Client> clients) {
    notNull(clients, "assertThatClients", "clients");
    return assertThatClients(clients.toArray(Client[]::new));
  }

  /**
   * Sets how long all clients together may wait; until then the default, 5 seconds.
   *
   * @param deadline the maximum time, in real time; zero checks once
   * @return this assertion object
   * @throws IllegalArgumentException if the time is negative
   * @since 0.1
   */
  public ClientsAssert within(Duration deadline) {
    notNull(deadline, "within", "deadline");
    this.deadline = times().of(deadline);
    return this;
  }

  /**
   * Verifies that each client meets the same assertions, one after the other; all are asked, also
   * after a failure.
   *
   * <pre>{@code
   * assertThatClients(alice, bob).allSatisfy(each -> each.receivesText("a").isFromGroup("g"));   // passes
   * assertThatClients(alice, bob).allSatisfy(each -> each.receivesText("b"));   // fails, names both
   * }</pre>
   *
   * @param assertions gets the assertions on one client, whose waits last until the shared deadline
   * @return this assertion object
   * @throws AssertionError if a client does not meet them; holds the failures of all such clients
   * @since 0.1
   */
  public ClientsAssert allSatisfy(Consumer<? super ClientAssert> assertions) {
    notNull(assertions, "allSatisfy", "assertions");
    SharedTime time = new SharedTime(deadline.deadlineNanos());
    List<Client> failed = new ArrayList<>();
    List<AssertionError> failures = new ArrayList<>();
    for (Client client : actual) {
      ClientAssert each = new ClientAssert(client).waiting(deadline);
      try {
        time.during(
            () -> {
              assertions.accept(each);
              return client;
            });
      } catch (AssertionError e) {
        failed.add(client);
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failure("%s", text(failed, failures));
    }
    return this;
  }

  private WaitTimes times() {
    return actual.get(0).connection.context().times();
  }

  private String text(List<Client> failed, List<AssertionError> failures) {
    Headline headline =
        Headline.of(
                "expected "
                    + (actual.size() == 1 ? "" : "all ")
                    + FailureText.count(actual.size(), "client")
                    + (deadline.isZero() ? "" : " within " + deadline)
                    + " but "
                    + (failed.size() == actual.size()
                        ? "all failed: "
                        : failed.size() + " failed: "))
            .value(failed.stream().map(Client::name).collect(Collectors.joining(", ")));
    StringBuilder text = new StringBuilder(FailureText.of("clients", headline).text());
    for (AssertionError each : failures) {
      text.append('\n').append(String.valueOf(each.getMessage()).indent(2).stripTrailing());
    }
    return text.toString();
  }
}
