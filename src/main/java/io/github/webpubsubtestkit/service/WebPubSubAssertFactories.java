package io.github.webpubsubtestkit.service;

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
import io.github.webpubsubtestkit.internal.expect.AssertTypes;
import org.assertj.core.api.InstanceOfAssertFactory;

/**
 * What leads AssertJ from an object to the kit's assertions on it, in the manner of its {@code
 * InstanceOfAssertFactories}; for static import.
 *
 * <pre>{@code
 * assertThat(alice.messages()).first(as(MESSAGE)).hasText("hi").isFromGroup("room");   // passes
 * assertThat(alice.messages()).last(as(MESSAGE)).hasText("hi");                        // fails: "ho"
 * assertThat(service.requests()).singleElement(as(REQUEST)).isSuccessful();
 * assertThat(order).extracting(Order::receiver, as(CLIENT)).receivesText("shipped");
 * }</pre>
 *
 * @since 0.1
 */
public final class WebPubSubAssertFactories {

  /**
   * From an object to assertions on a client.
   *
   * @since 0.1
   */
  public static final InstanceOfAssertFactory<Client, ClientAssert> CLIENT =
      AssertTypes.factory(Client.class, ClientAssert.class, ClientAssert::new);

  /**
   * From an object to assertions on a service.
   *
   * @since 0.1
   */
  public static final InstanceOfAssertFactory<FakeWebPubSub, ServiceAssert> SERVICE =
      AssertTypes.factory(FakeWebPubSub.class, ServiceAssert.class, ServiceAssert::new);

  /**
   * From an object to assertions on an event handler.
   *
   * @since 0.1
   */
  public static final InstanceOfAssertFactory<EventHandlerStub, EventHandlerAssert> EVENT_HANDLER =
      AssertTypes.factory(
          EventHandlerStub.class, EventHandlerAssert.class, EventHandlerAssert::new);

  /**
   * From an object to assertions on a message that a client received.
   *
   * @since 0.1
   */
  public static final InstanceOfAssertFactory<ReceivedMessage, MessageAssert> MESSAGE =
      AssertTypes.factory(ReceivedMessage.class, MessageAssert.class, MessageAssert::new);

  /**
   * From an object to assertions on an ack.
   *
   * @since 0.1
   */
  public static final InstanceOfAssertFactory<Ack, AckAssert> ACK =
      AssertTypes.factory(Ack.class, AckAssert.class, AckAssert::new);

  /**
   * From an object to assertions on how a connection ended.
   *
   * @since 0.1
   */
  public static final InstanceOfAssertFactory<CloseStatus, CloseAssert> CLOSE =
      AssertTypes.factory(CloseStatus.class, CloseAssert.class, CloseAssert::new);

  /**
   * From an object to assertions on an event that a handler received.
   *
   * @since 0.1
   */
  public static final InstanceOfAssertFactory<HandlerEvent, HandlerEventAssert> EVENT =
      AssertTypes.factory(HandlerEvent.class, HandlerEventAssert.class, HandlerEventAssert::new);

  /**
   * From an object to assertions on an event that the service sent to a handler.
   *
   * @since 0.1
   */
  public static final InstanceOfAssertFactory<SentEvent, SentEventAssert> SENT_EVENT =
      AssertTypes.factory(SentEvent.class, SentEventAssert.class, SentEventAssert::new);

  /**
   * From an object to assertions on a request that the service received.
   *
   * @since 0.1
   */
  public static final InstanceOfAssertFactory<RecordedRequest, RequestAssert> REQUEST =
      AssertTypes.factory(RecordedRequest.class, RequestAssert.class, RequestAssert::new);

  /**
   * From an object to assertions on a connection, as the service knows it.
   *
   * @since 0.1
   */
  public static final InstanceOfAssertFactory<ConnectionInfo, ConnectionAssert> CONNECTION =
      AssertTypes.factory(ConnectionInfo.class, ConnectionAssert.class, ConnectionAssert::new);

  private WebPubSubAssertFactories() {}
}
