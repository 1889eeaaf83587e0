package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.internal.bridge.Arguments.notNull;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import java.lang.reflect.AnnotatedElement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The extension behind {@link WebPubSubTest @WebPubSubTest}, to configure the fake service or to
 * keep it for longer than a test.
 *
 * <pre>{@code
 * class OrderEventsTest {
 *
 *   @RegisterExtension
 *   static final WebPubSubExtension webPubSub =
 *       WebPubSubExtension.builder().fake(fake -> fake.defaultHub("orders")).suiteScoped().build();
 *
 *   @DynamicPropertySource
 *   static void properties(DynamicPropertyRegistry registry) {
 *     registry.add("webpubsub.connection-string", webPubSub::connectionString);
 *   }
 *
 *   @Test
 *   void customerSeesTheOrder(@Connected(userId = "carol") SimpleClient carol) {
 *     app.welcome("carol");
 *     assertThat(carol).receivesText("Hello, carol");
 *   }
 * }
 * }</pre>
 *
 * <p>It injects the same parameters and fields as the annotation; a class may have both. How long
 * the fake lives depends on the field that registers the extension:
 *
 * <ul>
 *   <li><b>static field</b>: as long as the class. A field that subclasses inherit gives one after
 *       the other a fresh fake; subclasses that run at the same time share it. What lives longer
 *       than one class, such as a cached Spring context, would keep the address of a fake that is
 *       gone: the example above is therefore {@link Builder#suiteScoped() suite-scoped}. Failures
 *       of the later class name the earlier address.
 *   <li><b>instance field</b>: as long as the test.
 *   <li><b>{@link Builder#suiteScoped() suite-scoped}</b>: as long as the whole run, regardless of
 *       the field.
 * </ul>
 *
 * <p>The fake starts when it is first needed, by an injected parameter or field or by {@link
 * #service()} or {@link #connectionString()}. That may be before JUnit has called the extension, in
 * a static initialiser or while a Spring context is built; JUnit still closes it at the end of the
 * scope. A class may register several extensions, for several services; use the {@link #service()}
 * of each, because a parameter cannot tell them apart.
 *
 * <p>Without {@code @RegisterExtension} on the field, JUnit does not know the extension, and its
 * fake is never closed.
 *
 * @since 0.1
 */
public final class WebPubSubExtension extends RegisteredFake
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler,
        InvocationInterceptor {

  static final String CONNECTION_STRING_PARAMETER = "webpubsub.test.connection-string";

  /** JUnit asks several times for each test. */
  private volatile @Nullable Decision latest;

  private record Decision(ExtensionContext context, boolean leads) {}

  /** Creates the extension for {@code @ExtendWith}. */
  WebPubSubExtension() {
    this(new Builder());
  }

  private WebPubSubExtension(Builder builder) {
    super(builder.settings, builder.suiteScoped, builder.resetBetweenTests);
  }

  /**
   * Starts configuring an extension for {@code @RegisterExtension}.
   *
   * @return a builder with default settings
   * @since 0.1
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The fake service, started if it is not running yet.
   *
   * @return the fake of the current scope
   * @throws ExtensionConfigurationException if it is suite-scoped and runs with the settings of
   *     another extension
   * @since 0.1
   */
  public FakeWebPubSub service() {
    return home().fake();
  }

  /**
   * The connection string of the {@link #service()}, for the application under test; starts the
   * fake if it is not running yet.
   *
   * @return the same as {@code service().connectionString()}
   * @throws ExtensionConfigurationException as {@link #service()}
   * @since 0.1
   */
  public String connectionString() {
    return service().connectionString();
  }

  /** {@inheritDoc} */
  @Override
  public void beforeAll(ExtensionContext context) {
    if (leads(context)) {
      declareRegistered(context);
      FieldInjection.injectClass(context, WebPubSubExtension::wanted);
    }
  }

  /** {@inheritDoc} */
  @Override
  public void beforeEach(ExtensionContext context) {
    if (leads(context)) {
      declareRegistered(context);
      DeclaredFakes.resetForTest(context);
      FailureCheck.begin(context);
      FieldInjection.injectTest(context, WebPubSubExtension::wanted);
      FailureReport.begin(context);
    }
  }

  /** {@inheritDoc} */
  @Override
  public void afterEach(ExtensionContext context) {
    if (leads(context)) {
      // thrown by another extension after the test's method, as AssertJ's of soft assertions
      context.getExecutionException().ifPresent(failure -> FailureReport.explain(failure, context));
      end(context);
    }
  }

  /** {@inheritDoc} */
  @Override
  public void afterAll(ExtensionContext context) {
    if (leads(context)) {
      end(context);
    }
  }

  private static void end(ExtensionContext context) {
    try {
      FailureCheck.end(context);
    } catch (AssertionError failure) {
      FailureReport.publish(context.getExecutionException().orElse(failure), context);
      throw failure;
    }
    FailureReport.publishOnFailure(context);
  }

  /** {@inheritDoc} */
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return (parameter.getParameter().isAnnotationPresent(Connected.class)
            || Injection.concerns(parameter))
        && leads(context);
  }

  /** {@inheritDoc} */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    declareRegistered(context); // the constructor may come before the callbacks
    return Injection.valueOf(
        parameter,
        parameter.findAnnotation(Connected.class).map(WebPubSubExtension::wanted),
        context);
  }

  /** {@inheritDoc} */
  @Override
  public void interceptDynamicTest(
      Invocation<Void> invocation, DynamicTestInvocationContext dynamic, ExtensionContext context)
      throws Throwable {
    boolean leads = leads(context);
    if (leads) {
      FailureReport.begin(context);
    }
    try {
      invocation.proceed();
    } catch (Throwable failure) {
      if (leads) {
        FailureReport.explain(failure, context);
        FailureReport.publish(failure, context);
      }
      throw failure;
    }
  }

  /** {@inheritDoc} */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw explained(failure, context);
  }

  /** {@inheritDoc} */
  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw explained(failure, context);
  }

  /** {@inheritDoc} */
  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw explained(failure, context);
  }

  /** {@inheritDoc} */
  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw explained(failure, context);
  }

  /** {@inheritDoc} */
  @Override
  public void handleAfterAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw explained(failure, context);
  }

  private Throwable explained(Throwable failure, ExtensionContext context) {
    if (leads(context)) {
      FailureReport.explain(failure, context);
    }
    return failure;
  }

  private static void declareRegistered(ExtensionContext context) {
    DeclaredFakes.declareRegistered(context, WebPubSubExtension::annotated);
  }

  private static Optional<WantedClient> wanted(AnnotatedElement field) {
    return AnnotationSupport.findAnnotation(field, Connected.class).map(WebPubSubExtension::wanted);
  }

  private static WantedClient wanted(Connected annotation) {
    return new WantedClient(
        annotation.hub(),
        annotation.userId(),
        List.of(annotation.roles()),
        List.of(annotation.groups()),
        annotation.protocol(),
        annotation.device());
  }

  /** The settings of the nearest annotation, on the class or an enclosing one. */
  private static Optional<FakeSettings> annotated(ExtensionContext context) {
    Optional<ExtensionContext> current = Optional.of(context);
    while (current.isPresent()) {
      Optional<WebPubSubTest> found =
          AnnotationSupport.findAnnotation(
              current.get().getTestClass().orElse(Object.class), WebPubSubTest.class);
      if (found.isPresent()) {
        String name = current.get().getRequiredTestClass().getSimpleName();
        return found.map(
            each ->
                new FakeSettings(
                    each.hub(), List.of(each.eventHandlers()), each.timeout(), each.https(), name));
      }
      current = current.get().getParent();
    }
    return Optional.empty();
  }

  /**
   * Returns whether this extension acts in the context. A class may have the annotation and a
   * registered extension; if both acted, JUnit would report two resolvers for one parameter.
   */
  private boolean leads(ExtensionContext context) {
    Decision known = latest;
    if (known != null && known.context() == context) {
      return known.leads();
    }
    boolean leads = decided(context);
    latest = new Decision(context, leads);
    return leads;
  }

  private boolean decided(ExtensionContext context) {
    if (context
        .getConfigurationParameter(CONNECTION_STRING_PARAMETER)
        .filter(target -> !target.isBlank())
        .isPresent()) {
      throw new ExtensionConfigurationException(
          """
          The configuration parameter %s is set, but this version of webpubsub-testkit runs tests \
          against its own fake service only; other targets are not built yet. Remove the parameter."""
              .formatted(CONNECTION_STRING_PARAMETER));
    }
    return Contexts.store(context)
            .getOrComputeIfAbsent(WebPubSubExtension.class, none -> this, WebPubSubExtension.class)
        == this;
  }

  /**
   * Configures a {@link WebPubSubExtension}. Every setting is optional.
   *
   * @since 0.1
   */
  public static final class Builder {

    private final List<Consumer<? super FakeWebPubSubBuilder>> settings = new ArrayList<>();
    private boolean suiteScoped;
    private boolean resetBetweenTests;

    private Builder() {}

    /**
     * Configures the fake service. Default: the default settings of the fake. Repeated calls are
     * cumulative, in order.
     *
     * <pre>{@code
     * WebPubSubExtension.builder().fake(fake -> fake.accessKey(KEY).defaultHub("orders")).build()
     * }</pre>
     *
     * @param settings called with the builder of each fake that the extension starts
     * @return this builder
     * @since 0.1
     */
    public Builder fake(Consumer<? super FakeWebPubSubBuilder> settings) {
      notNull(settings, "fake", "settings");
      this.settings.add(settings);
      return this;
    }

    /**
     * Sets how long everything in the tests waits that names no time of its own. Default: the JUnit
     * configuration parameter {@code webpubsub.test.timeout}, else 5 seconds. The same as {@code
     * fake(fake -> fake.timeout(timeout))}, see {@link FakeWebPubSubBuilder#timeout(Duration)};
     * {@link WebPubSubTest#timeout() @WebPubSubTest(timeout = ..)} on the test class overrides it.
     *
     * <pre>{@code
     * WebPubSubExtension.builder().timeout(ofSeconds(20)).build();
     * WebPubSubExtension.builder().timeout(ofSeconds(0));     // IllegalArgumentException
     * }</pre>
     *
     * @param timeout more than zero, in real time
     * @return this builder
     * @throws IllegalArgumentException if the timeout is zero or negative
     * @since 0.1
     */
    public Builder timeout(Duration timeout) {
      notNull(timeout, "timeout", "timeout");
      FakeWebPubSub.builder().timeout(timeout); // refuses it here, where it is written
      return fake(fake -> fake.timeout(timeout));
    }

    /**
     * Keeps one fake for the whole run, regardless of the class and field that register the
     * extension. Default: one per class for a static field, one per test for an instance field.
     *
     * <p>There is one such fake in a run. Extensions with {@link #fake(Consumer) settings} must
     * therefore be built once, in a constant that every class registers.
     *
     * @return this builder
     * @since 0.1
     */
    public Builder suiteScoped() {
      suiteScoped = true;
      return this;
    }

    /**
     * Resets a service that several tests share before each of them, as {@link
     * FakeWebPubSub#reset()} does. Default: a shared service keeps everything that a test does not
     * clean up.
     *
     * <p>Each test finds the service as {@link #fake(Consumer)} builds it, so register event
     * handlers there or in {@code @BeforeEach}; those of {@code @BeforeAll} are gone before the
     * first test. An application that keeps a connection of its own has to connect again. What the
     * test before left over is the first line of the timeline.
     *
     * <pre>{@code
     * @RegisterExtension
     * static final WebPubSubExtension webPubSub =
     *     WebPubSubExtension.builder().suiteScoped().resetBetweenTests().build();
     * }</pre>
     *
     * <p>Tests that share such a service cannot run at the same time: the second one fails. Static
     * {@code @Connected} fields and parameters of {@code @BeforeAll} are refused, because their
     * clients would be closed before the first test.
     *
     * @return this builder
     * @since 0.1
     */
    public Builder resetBetweenTests() {
      resetBetweenTests = true;
      return this;
    }

    /**
     * Builds the extension. The fake is not started yet.
     *
     * @return a new extension
     * @since 0.1
     */
    public WebPubSubExtension build() {
      return new WebPubSubExtension(this);
    }
  }
}
