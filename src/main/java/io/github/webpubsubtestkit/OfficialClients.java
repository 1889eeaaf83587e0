package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/**
 * The clients of Azure's server SDK, {@code com.azure:azure-messaging-webpubsub}, which the kit
 * does not depend on: a test that names their type has it on its class path.
 */
final class OfficialClients {

  private static final String PACKAGE = "com.azure.messaging.webpubsub.";
  private static final String BUILDER = PACKAGE + "WebPubSubServiceClientBuilder";

  /** The builder's methods, by the type that they build. */
  private static final Map<String, String> BUILDING =
      Map.of(
          PACKAGE + "WebPubSubServiceClient", "buildClient",
          PACKAGE + "WebPubSubServiceAsyncClient", "buildAsyncClient");

  private OfficialClients() {}

  static boolean include(Class<?> type) {
    return BUILDING.containsKey(type.getName());
  }

  /** A client for a hub of the service; it has nothing to close. */
  static Object create(InjectionPoint point, FakeWebPubSub service, String hub) {
    try {
      ClassLoader loader = point.type().getClassLoader();
      Class<?> type = Class.forName(BUILDER, true, loader);
      Object builder = type.getConstructor().newInstance();
      type.getMethod("connectionString", String.class).invoke(builder, service.connectionString());
      type.getMethod("hub", String.class).invoke(builder, hub);
      if (service.endpoint().getScheme().equals("https")) {
        Class<?> transport = Class.forName("com.azure.core.http.HttpClient", true, loader);
        type.getMethod("httpClient", transport)
            .invoke(builder, new TrustingTransports(loader).first(service));
      }
      return type.getMethod(BUILDING.get(point.type().getName())).invoke(builder);
    } catch (InvocationTargetException refused) {
      throw notBuilt(point, refused.getCause() == null ? refused : refused.getCause());
    } catch (ReflectiveOperationException | LinkageError unknown) {
      throw notBuilt(point, unknown);
    }
  }

  private static RuntimeException notBuilt(InjectionPoint point, Throwable failure) {
    return point.refuse(
        "Azure's SDK could not build %s: %s".formatted(point.describe(), failure), failure);
  }
}
