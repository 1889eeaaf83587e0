package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.client.Protocol;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects a client that is connected to the fake service, into a parameter or a field of type
 * {@link io.github.webpubsubtestkit.client.PubSubClient PubSubClient} or {@link
 * io.github.webpubsubtestkit.client.SimpleClient SimpleClient}.
 *
 * <p>The type decides which kind of client connects. When the test begins, the service has
 * registered the connection and made it a member of its {@link #groups()}.
 *
 * <pre>{@code
 * @Test
 * void outsidersHearNothing(
 *     @Connected(userId = "alice", groups = "room") PubSubClient alice,
 *     @Connected PubSubClient mallory) {
 *   alice.sendToGroup("room", "secret");
 *   assertThat(mallory).receivesNoMessage();
 * }
 * }</pre>
 *
 * <p>Within one test the same hub, {@link #userId()} and {@link #device()} are the same client, so a
 * {@code @BeforeEach} method can prepare what the test uses. Fields and {@code @BeforeAll}
 * parameters that live as long as the class have clients of their own. Without a user id each
 * parameter and each field has a client of its own.
 *
 * <p>It can be used as a meta-annotation:
 *
 * <pre>{@code
 * @Retention(RUNTIME)
 * @Connected(userId = "alice", groups = "room")
 * @interface Alice {}
 * }</pre>
 *
 * <p>It has no effect by itself: the class needs {@link WebPubSubTest @WebPubSubTest} or a {@link
 * WebPubSubExtension}; without one a field just stays {@code null}. Constructor parameters are
 * rejected, because such a client would outlive its test.
 *
 * @since 0.1
 */
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
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
