package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.client.Protocol;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Injects a client that is connected to the fake service, into a parameter or a field of type
 * {@link io.github.webpubsubtestkit.client.PubSubClient PubSubClient} or {@link
 * io.github.webpubsubtestkit.client.SimpleClient SimpleClient}, or a client of Azure's server SDK.
 *
 * <p>The type decides which kind of client connects. When the test begins, the service has
 * registered the connection and made it a member of its {@link #groups()}.
 *
 * <pre>{@code
 * class RoomTest {
 *
 *   @Test
 *   void outsidersHearNothing(
 *       @Connected(userId = "alice", groups = "room") PubSubClient alice,
 *       @Connected PubSubClient mallory) {
 *     alice.sendToGroup("room", "secret");
 *     assertThat(mallory).receivesNoMessage();                            // passes
 *   }
 *
 *   @Test
 *   void fails(@Connected(device = "phone") PubSubClient alice) {}        // "has device "phone" but no userId"
 * }
 * }</pre>
 *
 * <p>It needs no other annotation: it registers the {@link WebPubSubExtension} itself, for the tests
 * that have such a parameter, or for all tests of a class with such a field or with such a parameter
 * of a lifecycle method. Where the class has {@link WebPubSubTest @WebPubSubTest}, or an extension in
 * a field, their settings apply, in whatever order JUnit finds them. A static field or a
 * {@code @BeforeAll} parameter comes before an extension in an instance field, and is rejected beside
 * one.
 *
 * <p>Within one test the same hub, {@link #userId()} and {@link #device()} are the same client, so a
 * {@code @BeforeEach} method can prepare what the test uses. Fields and {@code @BeforeAll}
 * parameters that live as long as the class have clients of their own. Without a user id each
 * parameter and each field has a client of its own.
 *
 * <h2>Clients of Azure's server SDK</h2>
 *
 * <p>Where {@code com.azure:azure-messaging-webpubsub} is on the class path, the type can be {@code
 * WebPubSubServiceClient} or {@code WebPubSubServiceAsyncClient}: a client for a hub of the fake
 * service. Only {@link #hub()} applies. In a class that has the kit, a parameter of a test or
 * lifecycle method that has no annotation at all is injected, too, for the hub of the class; any
 * other annotation leaves it to its own extension.
 *
 * <pre>{@code
 * @Test
 * void serverSends(
 *     @Connected WebPubSubServiceClient azure, @Connected(hub = "chat") SimpleClient bob) {
 *   azure.sendToAll("hi", WebPubSubContentType.TEXT_PLAIN);
 *   assertThat(bob).receivesNoMessage();                                  // passes: another hub
 * }
 *
 * @Test
 * void fails(@Connected(userId = "alice") WebPubSubServiceClient azure) {} // "a server has no connection of its own"
 * }</pre>
 *
 * <p>It can be used as a meta-annotation:
 *
 * <pre>{@code
 * @Retention(RUNTIME)
 * @Connected(userId = "alice", groups = "room")
 * @interface Alice {}
 * }</pre>
 *
 * <h2>Constructors and records</h2>
 *
 * <p>Parameters of constructors, and with them the components of records, work where JUnit creates
 * the instance as part of its test. That is JUnit 5.12 or newer with {@code
 * junit.jupiter.extensions.testinstantiation.extensioncontextscope.default=test_method} in {@code
 * junit-platform.properties}, and not the lifecycle {@code PER_CLASS}. Otherwise they are rejected,
 * because such a client would outlive its test; a client of the server SDK is accepted, too, where
 * the class shares its fake.
 *
 * @since 0.1
 */
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@RequestsClient
@ExtendWith(WebPubSubExtension.class)
public @interface Connected {

  /**
   * The hub to connect to.
   *
   * @return the name of a hub; empty (default) for the hub of the class
   * @since 0.1
   */
  String hub() default "";

  /**
   * The user id in the client's token.
   *
   * @return a user id; empty (default) for a token without a user
   * @since 0.1
   */
  String userId() default "";

  /**
   * The roles in the client's token. The given roles replace the default; {@code roles = {}} grants
   * nothing.
   *
   * @return the roles; by default those to join, leave and send to every group
   * @since 0.1
   */
  String[] roles() default {"webpubsub.joinLeaveGroup", "webpubsub.sendToGroup"};

  /**
   * The groups the client is a member of from the beginning. No role is required.
   *
   * @return the names of groups; none by default
   * @since 0.1
   */
  String[] groups() default {};

  /**
   * The subprotocol of a {@code PubSubClient}; a {@code SimpleClient} has none.
   *
   * @return the subprotocol; {@link Protocol#JSON} by default
   * @since 0.1
   */
  Protocol protocol() default Protocol.JSON;

  /**
   * Distinguishes the clients of a user who is connected more than once. The service does not see
   * it; failure messages show it next to the user id.
   *
   * @return any text; requires a {@link #userId()}
   * @since 0.1
   */
  String device() default "";
}
