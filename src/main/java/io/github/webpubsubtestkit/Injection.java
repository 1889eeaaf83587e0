package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.client.Client;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.WebPubSubService;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The values of parameters and fields. */
final class Injection {

  /** JUnit's configuration parameter, and the value that hands constructors the test's context. */
  private static final String INSTANCE_WITHIN_TEST =
      "junit.jupiter.extensions.testinstantiation.extensioncontextscope.default=test_method";

  private Injection() {}

  /**
   * Returns whether the kit resolves the parameter, even if only to report what is wrong with it.
   */
  static boolean concerns(ParameterContext context) {
    Class<?> type = context.getParameter().getType();
    if (context.isAnnotated(RequestsClient.class) || isFake(type)) {
      return true;
    }
    Executable owner = context.getDeclaringExecutable();
    return (type == PubSubClient.class
            || type == SimpleClient.class
            || type == Client.class
            || (OfficialClients.include(type) && hasNoAnnotation(context)))
        // there it can be an argument
        && !(owner instanceof Constructor)
        && !AnnotationSupport.isAnnotated(owner, TestTemplate.class);
  }

  /** An application's own client may come from another extension, which an annotation asks. */
  private static boolean hasNoAnnotation(ParameterContext context) {
    return context.getParameter().getAnnotations().length == 0;
  }

  static Object valueOf(
      ParameterContext parameter, Optional<WantedClient> connected, ExtensionContext context) {
    InjectionPoint point = InjectionPoint.of(parameter);
    checkPlace(parameter, point, context);
    return valueOf(point, connected, context);
  }

  static Object valueOf(
      InjectionPoint point, Optional<WantedClient> connected, ExtensionContext context) {
    if (isFake(point.type())) {
      if (connected.isPresent()) {
        throw point.refuse(
            "@Connected is for clients, but %s is the service: remove the annotation."
                .formatted(point.describe()));
      }
      return fake(point, context);
    }
    if (OfficialClients.include(point.type())) {
      return officialClient(point, connected, context);
    }
    WantedClient wanted =
        connected.orElseThrow(
            () ->
                point.refuse(
                    "%s needs an annotation that names its user, for example @Connected(userId = \"alice\")."
                        .formatted(point.describe())));
    checkNotReset(point, context);
    FakeWebPubSub service = fake(point, context);
    RequestedClient request =
        new RequestedClient(point, wanted, hub(wanted.hub(), context, service));
    return Contexts.store(context)
        .getOrComputeIfAbsent(
            Contexts.own(ScopedClients.class, context),
            none -> new ScopedClients(),
            ScopedClients.class)
        .connect(request, service);
  }

  private static void checkNotReset(InjectionPoint point, ExtensionContext context) {
    DeclaredFakes nearest = DeclaredFakes.find(context);
    if (!Contexts.isTest(context) && nearest != null && nearest.isReset()) {
      throw point.refuse(
          """
          %s would be connected for the whole class, but its service is reset between tests \
          (resetBetweenTests()), which closes all clients. Make it a field of the instance, or a \
          parameter of the test or of @BeforeEach."""
              .formatted(point.describe()));
    }
  }

  private static FakeWebPubSub fake(InjectionPoint point, ExtensionContext context) {
    FakeHome nearest = DeclaredFakes.findOrDeclare(context, point).only(point);
    FakeWebPubSub fake = started(nearest, point);
    if (nearest.isOfExtension() && !fake.defaultHub().equals(FakeSettings.DEFAULT_HUB)) {
      checkHub(fake, point, context);
    }
    return fake;
  }

  /** Clients would be in one hub, and assertions would look into the other. */
  private static void checkHub(FakeWebPubSub fake, InjectionPoint point, ExtensionContext context) {
    Contexts.settings(context)
        .flatMap(FakeSettings::chosenHub)
        .filter(hub -> !hub.equalsIgnoreCase(fake.defaultHub()))
        .ifPresent(
            hub -> {
              throw point.refuse(
                  """
                  %s: the class has @WebPubSubTest(hub = "%s"), but the \
                  WebPubSubExtension has the default hub "%s". Set the hub in one \
                  place: WebPubSubExtension.builder().fake(fake -> fake.defaultHub("%s")), and leave it \
                  out of the annotation."""
                      .formatted(point.describe(), hub, fake.defaultHub(), hub));
            });
  }

  private static FakeWebPubSub started(FakeHome home, InjectionPoint point) {
    try {
      return home.fake();
    } catch (RuntimeException failure) {
      throw point.refuse(
          "Could not start the fake service for %s: %s"
              .formatted(point.describe(), failure.getMessage()),
          failure);
    }
  }

  private static Object officialClient(
      InjectionPoint point, Optional<WantedClient> connected, ExtensionContext context) {
    connected
        .filter(wanted -> !wanted.namesAtMostTheHub())
        .ifPresent(
            wanted -> {
              throw point.refuse(
                  """
                  %s on %s: a server has no connection of its own, and so no user, roles, groups, \
                  protocol or device. Name the hub at most."""
                      .formatted(wanted.describe(), point.describe()));
            });
    FakeWebPubSub service = fake(point, context);
    String hub = hub(connected.map(WantedClient::hub).orElse(""), context, service);
    return OfficialClients.create(point, service, hub);
  }

  private static String hub(String wanted, ExtensionContext context, FakeWebPubSub service) {
    return wanted.isEmpty()
        ? Contexts.settings(context).flatMap(FakeSettings::chosenHub).orElseGet(service::defaultHub)
        : wanted;
  }

  private static void checkPlace(
      ParameterContext parameter, InjectionPoint point, ExtensionContext context) {
    Executable owner = parameter.getDeclaringExecutable();
    boolean outlivesTests = owner instanceof Constructor && !Contexts.isTest(context);
    if (outlivesTests && !isFake(point.type()) && !OfficialClients.include(point.type())) {
      throw point.refuse(
          """
          @Connected does not work on %s: a client made there would stay connected until the whole \
          class has run. Move it to the test method, to @BeforeEach or to a field%s."""
              .formatted(point.describe(), orWithinTheTest(context)));
    }
    if (outlivesTests && DeclaredFakes.find(context) == null) {
      throw point.refuse(
          """
          %s would be shared by all tests of the class. Move it to the test method, to @BeforeEach \
          or to a field%s; or, if sharing is meant, declare a fake for the class: \
          @RegisterExtension static final WebPubSubExtension service = WebPubSubExtension.builder().build();"""
              .formatted(point.describe(), orWithinTheTest(context)));
    }
    if (!Contexts.isTest(context)
        && DeclaredFakes.find(context) == null
        && AnnotationSupport.isAnnotated(owner, AfterAll.class)) {
      throw point.refuse(
          """
          %s comes too late: each test had a fake of its own, which has been closed. To look at the \
          fake after the tests, share one among them: a static field, a @BeforeAll parameter or a \
          static WebPubSubExtension."""
              .formatted(point.describe()));
    }
  }

  /** What makes constructors work, unless the instance is meant to serve all tests. */
  private static String orWithinTheTest(ExtensionContext context) {
    return context.getTestInstanceLifecycle().filter(Lifecycle.PER_CLASS::equals).isPresent()
        ? ""
        : "; or let JUnit (5.12 or newer) create the instance as part of its test, by "
            + INSTANCE_WITHIN_TEST
            + " in junit-platform.properties";
  }

  private static boolean isFake(Class<?> type) {
    return type == FakeWebPubSub.class || type == WebPubSubService.class;
  }
}
