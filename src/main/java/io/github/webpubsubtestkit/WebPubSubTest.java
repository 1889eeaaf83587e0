package io.github.webpubsubtestkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a fake Azure Web PubSub service and clients that are connected to it.
 *
 * <pre>{@code
 * @WebPubSubTest
 * class GroupChatTest {
 *
 *   @Test
 *   void groupMembersSeeEachOther(
 *       @Connected(userId = "alice", groups = "room") PubSubClient alice,
 *       @Connected(userId = "bob", groups = "room") PubSubClient bob) {
 *
 *     alice.sendToGroup("room", "hi");
 *
 *     assertThat(bob).receivesMessage().isFromUser("alice").hasText("hi");
 *   }
 * }
 * }</pre>
 *
 * <h2>What is injected</h2>
 *
 * <ul>
 *   <li>{@link Connected @Connected} parameters and fields of type {@link
 *       io.github.webpubsubtestkit.client.PubSubClient PubSubClient} or {@link
 *       io.github.webpubsubtestkit.client.SimpleClient SimpleClient}.
 *   <li>Parameters of type {@link io.github.webpubsubtestkit.service.FakeWebPubSub FakeWebPubSub}
 *       or {@link io.github.webpubsubtestkit.service.WebPubSubService WebPubSubService}, and fields
 *       of these types that have no annotation, are not final and are still {@code null}.
 * </ul>
 *
 * <h2>How long it lives</h2>
 *
 * <p>Parameters of tests, {@code @BeforeEach} and {@code @AfterEach} methods and instance fields
 * are fresh for each test, also where the test instance is not. Static fields and parameters of
 * {@code @BeforeAll} methods live as long as the class. A {@code @TestFactory} method counts as one
 * test, together with all that it makes.
 *
 * <p>Each test has a fake of its own, unless its class or an enclosing class declares a shared one:
 * by a static field, by a parameter of {@code @BeforeAll}, or by a {@link WebPubSubExtension}. A
 * shared fake is never reset; only the clients of a test are closed after it. Clients that a test
 * connects by code to a shared fake are the test's own to close.
 *
 * <p>The annotation is inherited by subclasses and {@code @Nested} classes, and a test interface
 * may carry it. A class may not need it: {@link WebPubSubExtension#builder()} does the same.
 *
 * <h2>When a test fails</h2>
 *
 * <p>The timeline of its fake is attached to it as a report entry named {@code timeline} and, from
 * JUnit 5.12 on, as a file.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(WebPubSubExtension.class)
public @interface WebPubSubTest {

  /**
   * The hub that clients connect to unless they name another.
   *
   * @return a hub's name; letters of any case, as in Azure
   * @since 0.1
   */
  String hub() default FakeSettings.DEFAULT_HUB;

  /**
   * The event handlers of {@link #hub()} in the fakes that this annotation makes: URLs that take
   * all events, in the order in which they are asked. An application whose port is known only at
   * run time is added in the test, by {@link
   * io.github.webpubsubtestkit.service.FakeWebPubSub#eventHandler service.eventHandler(hub)}; a
   * {@link WebPubSubExtension} has settings of its own.
   *
   * @return absolute {@code http} URLs, perhaps with {@code {hub}} and {@code {event}}
   * @since 0.1
   */
  String[] eventHandlers() default {};
}
