package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static io.github.webpubsubtestkit.service.RequestPattern.sendToAll;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.azure.core.http.HttpClient;
import com.azure.messaging.webpubsub.WebPubSubServiceAsyncClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClient;
import com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder;
import com.azure.messaging.webpubsub.models.WebPubSubContentType;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // fields of fixtures are injected
@DisplayName("Clients of Azure's server SDK")
class OfficialClientsTest {

  private static void send(WebPubSubServiceClient azure, String text) {
    azure.sendToAll(text, WebPubSubContentType.TEXT_PLAIN);
  }

  @Test
  void areParametersForTheHubOfTheClass() {
    TestRun.of(Parameters.class).passes(4);
  }

  @WebPubSubTest(hub = "auction")
  static class Parameters {
    @Test
    void sync(FakeWebPubSub service, WebPubSubServiceClient azure, @Connected PubSubClient alice) {
      send(azure, "hi");
      assertThat(alice).receivesText("hi");
      assertThat(service).hasReceivedRequest(sendToAll().withText("hi"));
    }

    @Test
    void async(WebPubSubServiceAsyncClient azure, @Connected PubSubClient alice) {
      azure.sendToAll("hi", WebPubSubContentType.TEXT_PLAIN).block();
      assertThat(alice).receivesText("hi");
    }

    @Test
    void namedHub(
        WebPubSubServiceClient auction,
        @Connected(hub = "chat") WebPubSubServiceClient chat,
        @Connected(hub = "chat") WebPubSubServiceAsyncClient chatAsync,
        @Connected PubSubClient bidder,
        @Connected(hub = "chat") PubSubClient alice) {
      send(chat, "to chat");
      chatAsync.sendToAll("again", WebPubSubContentType.TEXT_PLAIN).block();
      send(auction, "to auction");
      assertThat(alice).receivesExactly("to chat", "again");
      assertThat(bidder).receivesExactly("to auction");
    }

    @ParameterizedTest
    @ValueSource(strings = "hi")
    void afterArguments(
        String text,
        @Connected WebPubSubServiceClient azure,
        @Connected(userId = "alice") PubSubClient alice) {
      send(azure, text);
      assertThat(alice).receivesText(text);
    }
  }

  @Test
  void trustAFakeWithTls() {
    TestRun.of(OverTls.class).passes(2);
  }

  @WebPubSubTest(https = true)
  static class OverTls {
    @Test
    void sync(WebPubSubServiceClient azure, @Connected PubSubClient alice) {
      send(azure, "hi");
      assertThat(alice).receivesText("hi");
    }

    @Test
    void async(WebPubSubServiceAsyncClient azure, @Connected PubSubClient alice) {
      azure.sendToAll("hi", WebPubSubContentType.TEXT_PLAIN).block();
      assertThat(alice).receivesText("hi");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "okHttp", "jdk"})
  void trustItOverEachTransportOfTheSdk(String transport) throws Exception {
    TrustingTransports transports =
        new TrustingTransports(WebPubSubServiceClient.class.getClassLoader());
    try (FakeWebPubSub service = FakeWebPubSub.builder().https().build()) {
      Object http =
          switch (transport) {
            case "netty" -> transports.netty(service);
            case "okHttp" -> transports.okHttp(service);
            default -> transports.jdk(service);
          };

      send(
          new WebPubSubServiceClientBuilder()
              .connectionString(service.connectionString())
              .httpClient((HttpClient) http)
              .hub("hub")
              .buildClient(),
          "hi");

      assertThat(service).hasReceivedRequest(sendToAll().withText("hi"));
    }
  }

  @Test
  void withoutATransportThatCanTrustSaySo() {
    TrustingTransports none = new TrustingTransports(ClassLoader.getPlatformClassLoader());
    try (FakeWebPubSub service = FakeWebPubSub.builder().https().build()) {
      assertThatExceptionOfType(ClassNotFoundException.class)
          .isThrownBy(() -> none.first(service))
          .withMessageStartingWith("none of azure-core-http-netty, azure-core-http-okhttp and ");
    }
  }

  @Test
  void areParametersOfLifecycleMethods() {
    TestRun.of(LifecycleMethods.class).passes(1);
  }

  @WebPubSubTest
  static class LifecycleMethods {
    static WebPubSubServiceClient ofTheClass;
    private WebPubSubServiceClient before;

    @BeforeAll
    static void start(WebPubSubServiceClient azure) {
      ofTheClass = azure;
    }

    @BeforeEach
    void prepare(WebPubSubServiceClient azure) {
      before = azure;
    }

    @Test
    void test(@Connected PubSubClient alice) {
      send(before, "1");
      send(ofTheClass, "2");
      assertThat(alice).receivesExactly("1", "2");
    }

    @AfterEach
    void after(WebPubSubServiceClient azure) {
      send(azure, "3");
    }

    @AfterAll
    static void end(WebPubSubServiceClient azure) {
      send(azure, "4");
    }
  }

  @Test
  void areFieldsWithAnnotation() {
    TestRun.of(Fields.class, PerClass.class).passes(4);
    assertThat(Fields.ofTheClass).as("emptied after the class").isNull();
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Connected(hub = "chat")
  @interface Chat {}

  static class Fields {
    @Connected static WebPubSubServiceClient ofTheClass;
    @Connected WebPubSubServiceClient azure;
    @Chat WebPubSubServiceAsyncClient chat;
    WebPubSubServiceClient own;

    @Test
    void test(@Connected PubSubClient alice, @Connected(hub = "chat") PubSubClient bob) {
      send(ofTheClass, "1");
      send(azure, "2");
      chat.sendToAll("3", WebPubSubContentType.TEXT_PLAIN).block();
      assertThat(alice).receivesExactly("1", "2");
      assertThat(bob).receivesExactly("3");
      assertThat(own).as("without annotation").isNull();
    }

    @Nested
    class Inner {
      @Connected WebPubSubServiceClient inner;

      @Test
      void test(@Connected PubSubClient alice) {
        send(azure, "1");
        send(inner, "2");
        assertThat(alice).receivesExactly("1", "2");
      }
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  static class PerClass {
    @Connected WebPubSubServiceClient azure;

    @Test
    void one(@Connected PubSubClient alice) {
      send(azure, "1");
      assertThat(alice).receivesText("1");
    }

    @Test
    void two(@Connected PubSubClient alice) {
      send(azure, "2");
      assertThat(alice).receivesText("2");
    }
  }

  @Test
  void areOfTheRegisteredService() {
    TestRun.of(Registered.class, RegisteredByInstance.class).passes(2);
  }

  static class Registered {
    @RegisterExtension
    static final WebPubSubExtension EXTENSION =
        WebPubSubExtension.builder().fake(fake -> fake.defaultHub("auction")).build();

    private final WebPubSubServiceClient ofTheConstructor;

    Registered(@Connected WebPubSubServiceClient azure) {
      ofTheConstructor = azure;
    }

    @Test
    void test(WebPubSubServiceClient azure) {
      PubSubClient alice = EXTENSION.service().connect(asUser("alice"));
      send(azure, "1");
      send(ofTheConstructor, "2");
      assertThat(alice).receivesExactly("1", "2");
      alice.close();
    }
  }

  static class RegisteredByInstance {
    @RegisterExtension final WebPubSubExtension extension = WebPubSubExtension.builder().build();

    @Connected WebPubSubServiceClient azure;

    @Test
    void test() {
      PubSubClient alice = extension.service().connect(asUser("alice"));
      send(azure, "1");
      assertThat(alice).receivesText("1");
    }
  }

  @Test
  void withAnotherAnnotationAreLeftToItsExtension() {
    TestRun.of(Foreign.class).passes(1);
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Bean {}

  /** Like Spring's and Mockito's extensions, which look for their own annotations. */
  static class Beans implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.isAnnotated(Bean.class);
    }

    @Override
    @SuppressWarnings("NullAway") // null is the bean, to be told from a client
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return null;
    }
  }

  @WebPubSubTest
  @ExtendWith(Beans.class)
  static class Foreign {
    @Test
    void test(@Bean WebPubSubServiceClient bean, WebPubSubServiceClient azure) {
      assertThat(bean).isNull();
      assertThat(azure).isNotNull();
    }
  }

  @Test
  void haveNoAttributesButTheHub() {
    TestRun run = TestRun.of(WrongUse.class);

    assertThat(run.failure("user"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessage(
            """
            @Connected(userId = "alice", groups = "room") on WebPubSubServiceClient azure (parameter 1 of \
            WrongUse.user): a server has no connection of its own, and so no user, roles, groups, protocol \
            or device. Name the hub at most.""");
    assertThat(run.failure("roles"))
        .hasMessageStartingWith(
            "@Connected(roles = {}) on WebPubSubServiceAsyncClient azure (parameter 1 of WrongUse.roles)");
    assertThat(TestRun.of(WrongField.class).failure("test"))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageStartingWith(
            "@Connected(userId = \"alice\") on WebPubSubServiceClient azure (field of WrongField)");
  }

  @WebPubSubTest
  static class WrongUse {
    @Test
    void user(@Connected(userId = "alice", groups = "room") WebPubSubServiceClient azure) {}

    @Test
    void roles(@Connected(roles = {}) WebPubSubServiceAsyncClient azure) {}
  }

  static class WrongField {
    @Connected(userId = "alice")
    WebPubSubServiceClient azure;

    @Test
    void test() {}
  }

  @Test
  void thatCannotBeBuiltSayWhy() throws Exception {
    InjectionPoint point =
        new InjectionPoint(new Lonely().type(), "azure", "a test", OfficialClientsTest.class, null);

    try (FakeWebPubSub service = FakeWebPubSub.start()) {
      assertThatExceptionOfType(ExtensionConfigurationException.class)
          .isThrownBy(() -> OfficialClients.create(point, service, "hub"))
          .withMessage(
              "Azure's SDK could not build WebPubSubServiceClient azure (a test): "
                  + "java.lang.ClassNotFoundException: "
                  + "com.azure.messaging.webpubsub.WebPubSubServiceClientBuilder");
    }
  }

  /** Has the client, but not what builds it. */
  private static final class Lonely extends ClassLoader {
    Lonely() {
      super(ClassLoader.getPlatformClassLoader());
    }

    Class<?> type() throws IOException {
      Class<?> original = WebPubSubServiceClient.class;
      try (InputStream in = original.getResourceAsStream(original.getSimpleName() + ".class")) {
        byte[] bytes = requireNonNull(in).readAllBytes();
        return defineClass(original.getName(), bytes, 0, bytes.length);
      }
    }
  }

  @Test
  void inConstructorsNeedASharedService() {
    assertThat(TestRun.of(Constructor.class).failure("test"))
        .isInstanceOf(ParameterResolutionException.class)
        .hasMessageStartingWith(
            """
            WebPubSubServiceClient azure (parameter 1 of the constructor of Constructor) would be shared by \
            all tests of the class.""");
  }

  static class Constructor {
    Constructor(@Connected WebPubSubServiceClient azure) {}

    @Test
    void test() {}
  }
}
