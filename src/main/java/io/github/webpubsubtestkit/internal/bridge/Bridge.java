package io.github.webpubsubtestkit.internal.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Passes a factory from the room that has it to those that need it. It is registered in the static
 * initializer of a class private to its room.
 *
 * @param <F> the factory
 */
public final class Bridge<F> {

  private static final String BASE = "io.github.webpubsubtestkit.";

  /** Creates the clients of a fake. */
  public static final Bridge<ClientConnector.Factory<?, ?, ?, ?>> CLIENTS =
      new Bridge<>(BASE + "client.OpenClients");

  /** Creates the event handlers of a fake. */
  public static final Bridge<HandlerRegistry.Factory<?, ?, ?>> HANDLERS =
      new Bridge<>(BASE + "handler.EventHandlers");

  /** Reports what went wrong in a fake. */
  public static final Bridge<Supervision<?>> SUPERVISION =
      new Bridge<>(BASE + "service.FakeSupervision");

  /** Explains the failures of tests. */
  public static final Bridge<Explainer<?>> EXPLAINER =
      new Bridge<>(BASE + "service.FailureExplainer");

  /** Controls the fakes of the JUnit extension. */
  public static final Bridge<ServiceControl<?>> SERVICES =
      new Bridge<>(BASE + "service.ServiceControls");

  private final String registrar;
  private volatile @Nullable F factory;

  /** A bridge that is open as soon as the class of this name is initialized. */
  private Bridge(String registrar) {
    this.registrar = registrar;
  }

  /** Registers the factory. */
  public void register(F made) {
    factory = made;
  }

  /** The factory. */
  public F factory() {
    F known = factory;
    if (known == null) {
      try {
        var unused = Class.forName(registrar, true, Bridge.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("the kit's jar is incomplete", e);
      }
      known = factory;
    }
    if (known == null) {
      throw new IllegalStateException(registrar + " has registered no factory");
    }
    return known;
  }
}
