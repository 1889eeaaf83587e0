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
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** The values of parameters and fields. */
final class Injection {

  private Injection() {}

  /**
   * Returns whether the kit resolves the parameter, even if only to report what is wrong with it.
   */
  static boolean concerns(ParameterContext context) {
    Class<?> type = context.getParameter().getType();
    if (context.isAnnotated(Connected.class) || isFake(type)) {
      return true;
    }
    Executable owner = context.getDeclaringExecutable();
    return (type == PubSubClient.class || type == SimpleClient.class || type == Client.class)
        // there it can be an argument
        && !(owner instanceof Constructor)
        && !AnnotationSupport.isAnnotated(owner, TestTemplate.class);
  }

  static Object valueOf(ParameterContext parameter, ExtensionContext context) {
    InjectionPoint point = InjectionPoint.of(parameter);
    checkPlace(parameter, point, context);
    return valueOf(point, parameter.findAnnotation(Connected.class), context);
  }

  static Object valueOf(
      InjectionPoint point, Optional<Connected> connected, ExtensionContext context) {
    if (isFake(point.type())) {
      if (connected.isPresent()) {
        throw point.refuse(
            "@Connected is for clients, but %s is the service: remove the annotation."
                .formatted(point.describe()));
      }
      return fake(point, context);
    }
    Connected wanted =
        connected.orElseThrow(
            () ->
                point.refuse(
                    "%s needs an annotation that names its user, for example @Connected(userId = \"alice\")."
                        .formatted(point.describe())));
    checkNotReset(point, context);
    FakeWebPubSub service = fake(point, context);
    RequestedClient request =
        new RequestedClient(point, wanted, hub(wanted, context, service.defaultHub()));
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
    FakeHome nearest = DeclaredFakes.findOrDeclare(context).only(point);
    try {
      return nearest.fake();
    } catch (RuntimeException failure) {
      throw point.refuse(
          "Could not start the fake service for %s: %s"
              .formatted(point.describe(), failure.getMessage()),
          failure);
    }
  }

  private static String hub(Connected wanted, ExtensionContext context, String defaultHub) {
    return wanted.hub().isEmpty()
        ? Contexts.settings(context).flatMap(FakeSettings::chosenHub).orElse(defaultHub)
        : wanted.hub();
  }

  private static void checkPlace(
      ParameterContext parameter, InjectionPoint point, ExtensionContext context) {
    Executable owner = parameter.getDeclaringExecutable();
    if (owner instanceof Constructor && !isFake(point.type())) {
      throw point.refuse(
          """
          @Connected does not work on %s: a client made there would stay connected until the whole \
          class has run. Move it to the test method, to @BeforeEach or to a field."""
              .formatted(point.describe()));
    }
    if (owner instanceof Constructor && DeclaredFakes.find(context) == null) {
      throw point.refuse(
          """
          %s would be shared by all tests of the class. Move it to the test method, to @BeforeEach \
          or to a field; or, if sharing is meant, declare a fake for the class: \
          @RegisterExtension static final WebPubSubExtension service = WebPubSubExtension.builder().build();"""
              .formatted(point.describe()));
    }
    if (AnnotationSupport.isAnnotated(owner, AfterAll.class)
        && DeclaredFakes.find(context) == null) {
      throw point.refuse(
          """
          %s comes too late: each test had a fake of its own, which has been closed. To look at the \
          fake after the tests, share one among them: a static field, a @BeforeAll parameter or a \
          static WebPubSubExtension."""
              .formatted(point.describe()));
    }
  }

  private static boolean isFake(Class<?> type) {
    return type == FakeWebPubSub.class || type == WebPubSubService.class;
  }
}
