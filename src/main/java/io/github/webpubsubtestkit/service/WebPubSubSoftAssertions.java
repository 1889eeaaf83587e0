package io.github.webpubsubtestkit.service;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.client.Ack;
import io.github.webpubsubtestkit.client.AckAssert;
import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.ClientAssert;
import io.github.webpubsubtestkit.client.CloseAssert;
import io.github.webpubsubtestkit.client.CloseStatus;
import io.github.webpubsubtestkit.client.MessageAssert;
import io.github.webpubsubtestkit.client.ReceivedMessage;
import io.github.webpubsubtestkit.handler.EventHandlerAssert;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.handler.HandlerEvent;
import io.github.webpubsubtestkit.handler.HandlerEventAssert;
import io.github.webpubsubtestkit.internal.expect.SoftAsserts;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.StandardSoftAssertionsProvider;
import org.jspecify.annotations.Nullable;

/**
 * AssertJ's soft assertions, also for clients, services, event handlers and what they receive: all
 * failures of a test are reported together.
 *
 * <pre>{@code
 * WebPubSubSoftAssertions.assertSoftly(
 *     softly -> {
 *       softly.assertThat(alice).receivesText("hi").isFromGroup("room");   // passes
 *       softly.assertThat(bob).receivesText("ho").isFromGroup("room");     // fails once: no message
 *       softly.assertThat(service).hasUser("carol");                       // fails, too
 *     });                                                   // throws, with both failures
 * }</pre>
 *
 * <p>Or injected by AssertJ's {@code SoftAssertionsExtension}, which reports at the end of the
 * test:
 *
 * <pre>{@code
 * @InjectSoftAssertions WebPubSubSoftAssertions softly;
 * }</pre>
 *
 * <p><b>All steps are soft.</b> What follows a message, an ack or a request that came is soft, too;
 * what follows one that did not come does nothing, and adds no failure. So do AssertJ's steps from
 * there on, such as {@code receivesMessages(2).first(as(MESSAGE))}. A value of such an object is
 * null, and callbacks given to it are not called.
 *
 * <p><b>The waits share one time.</b> What one assertion waits in vain is missing from the time of
 * the next, of all that one object of this class made: ten messages that do not come take 5
 * seconds, not 50. An assertion whose time is used up checks once. {@code receivesNo…} waits for
 * the service to become idle, which is not counted.
 *
 * <p>Not thread-safe. Exceptions other than {@link AssertionError}, such as for a null argument,
 * are thrown at once.
 *
 * @since 0.1
 */
public class WebPubSubSoftAssertions extends AbstractSoftAssertions
    implements StandardSoftAssertionsProvider {

  private final SoftAsserts soft = new SoftAsserts(this);
  private @Nullable Duration time;

  /**
   * Creates soft assertions. Call {@link #assertAll()} at the end.
   *
   * @since 0.1
   */
  public WebPubSubSoftAssertions() {}

  /**
   * Carries out soft assertions and reports their failures.
   *
   * <pre>{@code
   * assertSoftly(softly -> softly.assertThat(alice).receivesText("hi"));   // passes
   * assertSoftly(softly -> softly.assertThat(alice).receivesText("ho"));   // fails
   * }</pre>
   *
   * @param assertions gets an object that is used up afterwards
   * @throws AssertionError if an assertion failed; names all failures
   * @since 0.1
   */
  public static void assertSoftly(Consumer<WebPubSubSoftAssertions> assertions) {
    notNull(assertions, "assertSoftly", "assertions");
    WebPubSubSoftAssertions softly = new WebPubSubSoftAssertions();
    assertions.accept(softly);
    softly.assertAll();
  }

  /**
   * Sets the time that the waiting assertions of the following {@code assertThat(..)} share; until
   * then the default of each.
   *
   * <pre>{@code
   * softly.within(ofSeconds(20)).assertThat(alice).receivesText("report finished");   // passes
   * softly.within(ZERO).assertThat(alice).receivesText("hi");   // fails unless it is there already
   * }</pre>
   *
   * @param time the maximum time to wait, in real time; zero checks once
   * @return this object
   * @throws IllegalArgumentException if it is negative
   * @since 0.1
   */
  public WebPubSubSoftAssertions within(Duration time) {
    notNull(time, "within", "time");
    if (time.isNegative()) {
      throw new IllegalArgumentException("a time to wait must not be negative but is " + time);
    }
    this.time = time;
    return this;
  }

  /**
   * Begins soft assertions on a client.
   *
   * <pre>{@code
   * softly.assertThat(alice).receivesText("hi");   // passes
   * softly.assertThat(alice).receivesText("ho");   // fails after 5 s, at assertAll()
   * }</pre>
   *
   * @param actual the client
   * @return soft assertions on it
   * @since 0.1
   */
  public ClientAssert assertThat(Client actual) {
    ClientAssert hard = new ClientAssert(notNull(actual, "assertThat", "actual"));
    return soft.soft(time == null ? hard : hard.within(time), actual);
  }

  /**
   * Begins soft assertions on a service.
   *
   * <pre>{@code
   * softly.assertThat(service).hasUser("alice");   // passes
   * softly.assertThat(service).hasUser("carol");   // fails, at assertAll()
   * }</pre>
   *
   * @param actual the service
   * @return soft assertions on it
   * @since 0.1
   */
  public ServiceAssert assertThat(FakeWebPubSub actual) {
    ServiceAssert hard = new ServiceAssert(notNull(actual, "assertThat", "actual"));
    return soft.soft(time == null ? hard : hard.within(time), actual);
  }

  /**
   * Begins soft assertions on an event handler.
   *
   * <pre>{@code
   * softly.assertThat(handler).receivesEvent("order").hasText("42");   // passes
   * softly.assertThat(handler).receivesEvent("bid").hasText("42");     // fails after 5 s, once
   * }</pre>
   *
   * @param actual the event handler
   * @return soft assertions on it
   * @since 0.1
   */
  public EventHandlerAssert assertThat(EventHandlerStub actual) {
    EventHandlerAssert hard = new EventHandlerAssert(notNull(actual, "assertThat", "actual"));
    return soft.soft(time == null ? hard : hard.within(time), actual);
  }

  /**
   * Begins soft assertions on a message.
   *
   * <pre>{@code
   * softly.assertThat(message).hasText("hi").isFromGroup("room");   // passes
   * softly.assertThat(message).hasText("ho").isFromGroup("vip");    // fails twice, at assertAll()
   * }</pre>
   *
   * @param actual the message
   * @return soft assertions on it
   * @since 0.1
   */
  public MessageAssert assertThat(ReceivedMessage actual) {
    return soft.soft(new MessageAssert(notNull(actual, "assertThat", "actual")), actual);
  }

  /**
   * Begins soft assertions on an ack.
   *
   * <pre>{@code
   * softly.assertThat(ack).isSuccessful();            // passes
   * softly.assertThat(ack).failedWith("Forbidden");   // fails, at assertAll()
   * }</pre>
   *
   * @param actual the ack
   * @return soft assertions on it
   * @since 0.1
   */
  public AckAssert assertThat(Ack actual) {
    return soft.soft(new AckAssert(notNull(actual, "assertThat", "actual")), actual);
  }

  /**
   * Begins soft assertions on how a connection ended.
   *
   * <pre>{@code
   * softly.assertThat(status).hasCode(1000);   // passes
   * softly.assertThat(status).hasCode(1001);   // fails, at assertAll()
   * }</pre>
   *
   * @param actual code and reason
   * @return soft assertions on them
   * @since 0.1
   */
  public CloseAssert assertThat(CloseStatus actual) {
    return soft.soft(new CloseAssert(notNull(actual, "assertThat", "actual")), actual);
  }

  /**
   * Begins soft assertions on an event that a handler received.
   *
   * <pre>{@code
   * softly.assertThat(event).hasName("order").isFromUser("alice");   // passes
   * softly.assertThat(event).hasName("bid").isFromUser("bob");       // fails twice, at assertAll()
   * }</pre>
   *
   * @param actual the event
   * @return soft assertions on it
   * @since 0.1
   */
  public HandlerEventAssert assertThat(HandlerEvent actual) {
    return soft.soft(new HandlerEventAssert(notNull(actual, "assertThat", "actual")), actual);
  }

  /**
   * Begins soft assertions on an event that the service sent to a handler.
   *
   * <pre>{@code
   * softly.assertThat(sent).hasName("order").isSuccessful();   // passes
   * softly.assertThat(sent).hasName("bid").hasFailed();        // fails twice, at assertAll()
   * }</pre>
   *
   * @param actual the event
   * @return soft assertions on it
   * @since 0.1
   */
  public SentEventAssert assertThat(SentEvent actual) {
    return soft.soft(new SentEventAssert(notNull(actual, "assertThat", "actual")), actual);
  }

  /**
   * Begins soft assertions on a request that the service received.
   *
   * <pre>{@code
   * softly.assertThat(request).isInHub("chat").isSuccessful();   // passes
   * softly.assertThat(request).isInHub("news").isRefused();      // fails twice, at assertAll()
   * }</pre>
   *
   * @param actual the request
   * @return soft assertions on it
   * @since 0.1
   */
  public RequestAssert assertThat(RecordedRequest actual) {
    return soft.soft(new RequestAssert(notNull(actual, "assertThat", "actual")), actual);
  }

  /**
   * Begins soft assertions on a connection, as the service knows it.
   *
   * <pre>{@code
   * softly.assertThat(connection).isInGroup("room");   // passes
   * softly.assertThat(connection).isInGroup("vip");    // fails, at assertAll()
   * }</pre>
   *
   * @param actual the connection
   * @return soft assertions on it
   * @since 0.1
   */
  public ConnectionAssert assertThat(ConnectionInfo actual) {
    return soft.soft(new ConnectionAssert(notNull(actual, "assertThat", "actual")), actual);
  }
}
