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
 *   <li>Clients of Azure's server SDK, {@code WebPubSubServiceClient} and {@code
 *       WebPubSubServiceAsyncClient}, for the {@link #hub()} of the class: parameters of methods
 *       that have no annotation, and any parameter or field with {@link Connected @Connected}.
 * </ul>
 *
 * <h2>How long it lives</h2>
 *
 * <p>Parameters of tests, {@code @BeforeEach} and {@code @AfterEach} methods and instance fields
 * are fresh for each test, even if the test instance is not. Static fields and parameters of
 * {@code @BeforeAll} methods live as long as the class. A {@code @TestFactory} method counts as one
 * test, including all its dynamic tests.
 *
 * <p>Each test has a fake of its own, unless its class or an enclosing class declares a shared one:
 * by a static field, by a parameter of {@code @BeforeAll}, or by a {@link WebPubSubExtension}. Of a
 * shared fake only the clients of a test are closed after it; everything else stays for the next
 * test, unless {@link io.github.webpubsubtestkit.service.FakeWebPubSub#reset() service.reset()} or
 * {@link WebPubSubExtension.Builder#resetBetweenTests() resetBetweenTests()} clears it away.
 *
 * <p>The annotation is inherited by subclasses and {@code @Nested} classes, and a test interface
 * may carry it. It is not the only way: {@link WebPubSubExtension#builder()} does the same, and
 * {@link Connected @Connected} parameters and fields work without it.
 *
 * <h2>What fails a test besides its assertions</h2>
 *
 * <p>An exception in a callback of an {@link io.github.webpubsubtestkit.handler.EventHandlerStub},
 * an exception on a thread of the kit and, for the fake of one test, a fault that was not met or
 * not finished; see {@link io.github.webpubsubtestkit.service.FakeWebPubSub#assertNoFailures()}. If
 * the test fails anyway, this is a suppressed exception of its failure. A fake that lives longer
 * than a test reports at the test during which it happened, or else at the end of the class; at the
 * end of the run there is no test that could fail.
 *
 * <h2>When a test fails</h2>
 *
 * <p>The timeline of its fake is attached as a report entry named {@code timeline} and, from JUnit
 * 5.12 on, as a file.
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
   * The hub that clients connect to by default.
   *
   * @return the name of a hub, case-insensitive as in Azure
   * @since 0.1
   */
  String hub() default FakeSettings.DEFAULT_HUB;

  /**
   * The event handlers of {@link #hub()} in the fakes of this annotation: URLs that receive all
   * events, in order of precedence. An application whose port is known only at run time is
   * registered in the test, by {@link io.github.webpubsubtestkit.service.FakeWebPubSub#eventHandler
   * service.eventHandler(hub)}; a {@link WebPubSubExtension} has its own settings.
   *
   * @return absolute {@code http} or {@code https} URLs, optionally with {@code {hub}} and {@code
   *     {event}}
   * @since 0.1
   */
  String[] eventHandlers() default {};

  /**
   * Whether the fakes of this annotation serve TLS, see {@link
   * io.github.webpubsubtestkit.service.FakeWebPubSubBuilder#https()}; a {@link WebPubSubExtension}
   * has its own settings.
   *
   * @return true for {@code https} and {@code wss}
   * @since 0.1
   */
  boolean https() default false;

  /**
   * How long everything in the tests of this class waits that names no time of its own: assertions,
   * acks, connecting, {@code recover()}, closing and {@code awaitIdle()}; see {@link
   * io.github.webpubsubtestkit.service.FakeWebPubSubBuilder#timeout(java.time.Duration)
   * FakeWebPubSubBuilder.timeout}.
   *
   * <pre>{@code
   * @WebPubSubTest(timeout = "20s")    // 20 seconds
   * class ReportTest {}
   *
   * @WebPubSubTest(timeout = "20")     // every test fails: "must be a duration of more than 0, ..."
   * class WithoutUnitTest {}
   * }</pre>
   *
   * <p>The nearest wins: this timeout, then {@link
   * WebPubSubExtension.Builder#timeout(java.time.Duration) the builder} of an extension, then the
   * JUnit configuration parameter {@code webpubsub.test.timeout}, then 5 seconds. The parameter
   * {@code webpubsub.test.timeout-factor} multiplies whatever wins, and the times of {@code
   * within(..)}. A service that other classes share, suite-scoped for example, cannot have the
   * timeout of one: that is refused.
   *
   * @return a duration such as {@code 20s}, {@code 500ms} or {@code 2m}; empty for the default
   * @since 0.1
   */
  String timeout() default "";
}
