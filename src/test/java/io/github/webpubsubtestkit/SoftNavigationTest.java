package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.github.webpubsubtestkit.client.ClientAssert;
import io.github.webpubsubtestkit.client.ClientsAssert;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.MessageAssert;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.handler.AbstractHandlerEventAssert;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandlerAssert;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.RecordedRequest;
import io.github.webpubsubtestkit.service.RequestAssert;
import io.github.webpubsubtestkit.service.RequestPattern;
import io.github.webpubsubtestkit.service.ServiceAssert;
import io.github.webpubsubtestkit.service.WebPubSubSoftAssertions;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.Assert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Soft assertions stay soft on the way to assertions of another type, whichever method leads. */
class SoftNavigationTest {

  /** The arguments of every method that leads on. */
  private static final Map<String, List<Object>> ARGUMENTS =
      Map.ofEntries(
          Map.entry("ClientAssert.receivesMessage()", List.of()),
          Map.entry("ClientAssert.receivesMessage(Content)", List.of(Content.text("hi"))),
          Map.entry("ClientAssert.receivesText(String)", List.of("hi")),
          Map.entry("ClientAssert.receivesTextContaining(String)", List.of("h")),
          Map.entry("ClientAssert.receivesTextMatching(String)", List.of("h.")),
          Map.entry("ClientAssert.receivesJson(Object)", List.of("{\"id\":1}")),
          Map.entry("ClientAssert.receivesJsonContaining(Object)", List.of("{\"id\":1}")),
          Map.entry("ClientAssert.receivesBinary(byte[])", List.of(new byte[] {1})),
          Map.entry("ClientAssert.receivesProtobuf(Object)", List.of(StringValue.of("hi"))),
          Map.entry("ClientAssert.receivesMessageFromGroup(String)", List.of("room")),
          Map.entry("ClientAssert.receivesMessageFromServer()", List.of()),
          Map.entry(
              "ClientAssert.receivesMessageMatching(Predicate)",
              List.of((Predicate<Object>) value -> true)),
          Map.entry(
              "ClientAssert.receivesMessageSatisfying(Consumer)",
              List.of((Consumer<Object>) value -> {})),
          Map.entry("ClientAssert.receivesMessages(int)", List.of(1)),
          Map.entry("ClientAssert.receivesMessagesUntil(Content)", List.of(Content.text("hi"))),
          Map.entry("ClientAssert.receivesAck(long)", List.of(100L)),
          Map.entry("ClientAssert.isClosed()", List.of()),
          Map.entry("MessageAssert.extractingText()", List.of()),
          Map.entry("MessageAssert.extractingJson()", List.of()),
          Map.entry("MessageAssert.extractingJson(Class)", List.of(Map.class)),
          Map.entry("MessageAssert.extractingJsonAt(String)", List.of("/id")),
          Map.entry("MessageAssert.extractingBinary()", List.of()),
          Map.entry("MessageAssert.extractingProtobuf(Class)", List.of(StringValue.class)),
          Map.entry("RequestAssert.extractingText()", List.of()),
          Map.entry("RequestAssert.extractingJson()", List.of()),
          Map.entry("RequestAssert.extractingJson(Class)", List.of(Map.class)),
          Map.entry("RequestAssert.extractingJsonAt(String)", List.of("/id")),
          Map.entry("RequestAssert.extractingBinary()", List.of()),
          Map.entry("AbstractHandlerEventAssert.extractingText()", List.of()),
          Map.entry("AbstractHandlerEventAssert.extractingJson()", List.of()),
          Map.entry("AbstractHandlerEventAssert.extractingJson(Class)", List.of(Map.class)),
          Map.entry("AbstractHandlerEventAssert.extractingJsonAt(String)", List.of("/id")),
          Map.entry("AbstractHandlerEventAssert.extractingBinary()", List.of()),
          Map.entry(
              "ServiceAssert.receivesRequest(RequestPattern)",
              List.of(RequestPattern.joinGroup("room"))),
          Map.entry(
              "ServiceAssert.receivesRequestMatching(RequestPattern, Predicate)",
              List.of(RequestPattern.joinGroup("room"), (Predicate<Object>) value -> true)),
          Map.entry(
              "ServiceAssert.receivesRequestSatisfying(RequestPattern, Consumer)",
              List.of(RequestPattern.joinGroup("room"), (Consumer<Object>) value -> {})),
          Map.entry("ServiceAssert.receivesEvent(String)", List.of("text")),
          Map.entry("ServiceAssert.sendsEvent(String)", List.of("text")),
          Map.entry("ServiceAssert.receivesConnectionFrom(String)", List.of("alice")),
          Map.entry("EventHandlerAssert.receivesEvent(String)", List.of("text")),
          Map.entry(
              "EventHandlerAssert.receivesEventMatching(String, Predicate)",
              List.of("text", (Predicate<Object>) value -> true)),
          Map.entry(
              "EventHandlerAssert.receivesEventSatisfying(String, Consumer)",
              List.of("text", (Consumer<Object>) value -> {})));

  private final FakeWebPubSub service = FakeWebPubSub.start();
  private final EventHandlerStub handler =
      service.eventHandler("hub").onUserEvent(event -> EventAnswer.acknowledge());
  private final WebPubSubSoftAssertions softly = new WebPubSubSoftAssertions();
  private @Nullable PubSubClient alice;

  @AfterEach
  void close() {
    service.close();
  }

  /** All methods of the public assertions that return assertions of another type. */
  static List<Method> leadingOn() {
    return PublicTypes.ALL.stream()
        .filter(Assert.class::isAssignableFrom)
        .filter(each -> each != ClientsAssert.class) // begins, and is not begun softly
        .flatMap(each -> Arrays.stream(each.getDeclaredMethods()))
        .filter(each -> Modifier.isPublic(each.getModifiers()) && !each.isSynthetic())
        .filter(each -> Assert.class.isAssignableFrom(each.getReturnType()))
        .filter(each -> each.getReturnType() != each.getDeclaringClass())
        .toList();
  }

  @Test
  @DisplayName("all methods are found")
  void allAreFound() {
    assertThat(leadingOn()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest
  @MethodSource("leadingOn")
  @DisplayName("what follows a step in vain does nothing and adds no failure")
  void inVain(Method method) throws Exception {
    Object begun = begun(method.getDeclaringClass(), method.getName(), false);

    Object next = method.invoke(begun, arguments(method, Duration.ZERO));

    assertThat(softly.assertionErrorsCollected()).hasSize(1);
    assertThat(method.getReturnType().isInstance(next)).isTrue();
    Assert<?, ?> dead = (Assert<?, ?>) requireNonNull(next);
    dead.isNull();
    assertThat(dead.isEqualTo("x").as("nothing").isNotNull()).isSameAs(dead);
    for (Method each : method.getReturnType().getMethods()) {
      if (each.getDeclaringClass() == method.getReturnType() && !isStatic(each)) {
        callDead(each, dead);
      }
    }
    assertThat(softly.assertionErrorsCollected()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("leadingOn")
  @DisplayName("what follows a step that succeeded is collected")
  void successful(Method method) throws Exception {
    Object begun = begun(method.getDeclaringClass(), method.getName(), true);

    Object next = method.invoke(begun, arguments(method, Duration.ofSeconds(30)));

    assertThat(softly.assertionErrorsCollected()).isEmpty();
    Assert<?, ?> live = (Assert<?, ?>) requireNonNull(next);
    live.isNull();
    assertThat(softly.assertionErrorsCollected()).hasSize(1);
    assertThat(live.isEqualTo(new Object())).isSameAs(live);
    assertThat(softly.assertionErrorsCollected()).hasSize(2);
    live.isNotNull();
    assertThat(softly.assertionErrorsCollected()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("leadingOn")
  @DisplayName("a description stands in the text of the step, and of what follows it")
  void described(Method method) throws Exception {
    Assert<?, ?> begun = begun(method.getDeclaringClass(), method.getName(), true);
    begun.as("100% alike");
    Assert<?, ?> next =
        (Assert<?, ?>) method.invoke(begun, arguments(method, Duration.ofSeconds(30)));
    requireNonNull(next).isNull();
    Assert<?, ?> inVain = begun(method.getDeclaringClass(), method.getName(), false);
    inVain.as("100% alike");
    method.invoke(inVain, arguments(method, Duration.ZERO));

    assertThat(softly.assertionErrorsCollected())
        .hasSize(2)
        .allSatisfy(each -> assertThat(each).hasMessageContaining("100% alike"));
  }

  private static boolean isStatic(Method method) {
    return Modifier.isStatic(method.getModifiers());
  }

  private static void callDead(Method method, Assert<?, ?> dead) throws Exception {
    @Nullable Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(SoftNavigationTest::anything).toArray();
    Object next;
    try {
      method.setAccessible(true);
      next = method.invoke(dead, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(method.toString(), e.getCause());
    }
    if (Assert.class.isAssignableFrom(method.getReturnType())) {
      assertThat(next).as(method.toString()).isNotNull();
      ((Assert<?, ?>) requireNonNull(next)).isEqualTo("anything").isNull();
    }
  }

  private static @Nullable Object anything(Class<?> type) {
    return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null;
  }

  private static @Nullable Object[] arguments(Method method, Duration time) {
    String parameters =
        Stream.of(method.getParameterTypes()).map(Class::getSimpleName).collect(joining(", "));
    String type = method.getDeclaringClass().getSimpleName() + ".";
    String name = method.getName();
    if (name.equals("receivesMessageWithin")) {
      return new Object[] {time};
    }
    return given(type + name + "(" + parameters + ")").toArray();
  }

  private static List<Object> given(String key) {
    assertThat(ARGUMENTS).as("a new method that leads on: say how it is called").containsKey(key);
    return requireNonNull(ARGUMENTS.get(key));
  }

  /** Soft assertions on something for which the method succeeds, or fails. */
  private Assert<?, ?> begun(Class<?> type, String method, boolean success) {
    if (!success) {
      softly.within(Duration.ZERO);
    }
    String part = method.replaceFirst("^extracting", "").replaceFirst("At$", "");
    boolean protobuf = method.contains("Protobuf");
    if (type == ClientAssert.class) {
      PubSubClient client = connected(protobuf ? Protocol.PROTOBUF : Protocol.JSON);
      if (success) {
        if (method.startsWith("isClosed")) {
          client.close();
        } else if (method.contains("Ack")) {
          client.sendRaw("{\"type\":\"joinGroup\",\"group\":\"other\",\"ackId\":100}");
        } else if (method.contains("Group")) {
          connected(Protocol.JSON).sendToGroup("room", "hi");
        } else {
          send(
              client,
              Stream.of("Json", "Binary", "Protobuf")
                  .filter(method::contains)
                  .findFirst()
                  .orElse("Text"));
        }
      }
      return softly.assertThat(client);
    }
    if (type == MessageAssert.class) {
      PubSubClient client = connected(protobuf ? Protocol.PROTOBUF : Protocol.JSON);
      send(client, success ? part : other(part));
      assertThat(client).receivesMessage();
      return softly.assertThat(client.messages().get(0));
    }
    if (type == ServiceAssert.class) {
      if (success) {
        PubSubClient client = connected(Protocol.JSON);
        client.joinGroup("room");
        client.sendEvent("text", "hi");
      }
      return softly.assertThat(service);
    }
    if (type == EventHandlerAssert.class) {
      if (success) {
        event("Text");
      }
      return softly.assertThat(handler);
    }
    if (type == AbstractHandlerEventAssert.class) {
      event(success ? part : other(part));
      assertThat(handler).receivesEvent("text");
      return softly.assertThat(handler.events().get(handler.events().size() - 1));
    }
    if (type == RequestAssert.class) {
      event(success ? part : other(part));
      List<RecordedRequest> requests = service.requests();
      return softly.assertThat(requests.get(requests.size() - 1));
    }
    throw new AssertionError(type + " leads on: say on what it is tried");
  }

  private PubSubClient connected(Protocol protocol) {
    PubSubClient client =
        service.connect(asUser(alice == null ? "alice" : "bob").groups("room").protocol(protocol));
    alice = client;
    return client;
  }

  private static String other(String part) {
    return part.equals("Text") ? "Binary" : "Text";
  }

  private void send(PubSubClient client, String part) {
    if (part.equals("Protobuf")) { // comes from clients only
      connected(Protocol.PROTOBUF).sendToGroup("room", content(part));
    } else {
      service.sendToConnection(client.connectionId(), content(part));
    }
  }

  private void event(String part) {
    connected(Protocol.JSON).sendEvent("text", content(part));
  }

  private static Content content(String part) {
    return switch (part) {
      case "Json" -> Content.json("{\"id\":1}");
      case "Binary" -> Content.binary(new byte[] {1});
      case "Protobuf" -> Content.protobuf(StringValue.of("hi"));
      default -> Content.text("hi");
    };
  }
}
