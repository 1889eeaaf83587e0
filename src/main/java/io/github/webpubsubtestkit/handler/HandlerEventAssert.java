package io.github.webpubsubtestkit.handler;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

/**
 * Assertions on one event that an {@link EventHandlerStub} received. They never wait.
 *
 * <pre>{@code
 * assertThat(handler).receivesEvent("shout").isFromUser("alice").hasText("hi");
 * assertThat(handler).receivesEvent("disconnected").hasReason("bye").hasState("step-2");
 * }</pre>
 *
 * @since 0.1
 */
public class HandlerEventAssert
    extends AbstractHandlerEventAssert<HandlerEventAssert, HandlerEvent> {

  /**
   * Creates assertions on an event.
   *
   * @param actual the event
   * @since 0.1
   */
  public HandlerEventAssert(HandlerEvent actual) {
    this(HandlerEventAssert.class, notNull(actual, "HandlerEventAssert", "actual"));
  }

  /** Soft assertions put such an object in the place of one whose value did not come. */
  HandlerEventAssert(Class<?> self, HandlerEvent actual) {
    super(actual, self);
  }

  @Override
  protected HandlerEvent event() {
    return actual;
  }
}
