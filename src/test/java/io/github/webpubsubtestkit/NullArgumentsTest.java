package io.github.webpubsubtestkit;

import static io.github.webpubsubtestkit.client.ConnectOptions.asUser;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.Ack;
import io.github.webpubsubtestkit.client.ClientsAssert;
import io.github.webpubsubtestkit.client.CloseStatus;
import io.github.webpubsubtestkit.client.ConnectOptions;
import io.github.webpubsubtestkit.client.Content;
import io.github.webpubsubtestkit.client.DataType;
import io.github.webpubsubtestkit.client.Protocol;
import io.github.webpubsubtestkit.client.PubSubClient;
import io.github.webpubsubtestkit.client.PublishOptions;
import io.github.webpubsubtestkit.client.SimpleClient;
import io.github.webpubsubtestkit.handler.ConnectAnswer;
import io.github.webpubsubtestkit.handler.EventAnswer;
import io.github.webpubsubtestkit.handler.EventHandler;
import io.github.webpubsubtestkit.handler.EventHandlerStub;
import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.FakeWebPubSubBuilder;
import io.github.webpubsubtestkit.service.JsonReader;
import io.github.webpubsubtestkit.service.JsonWriter;
import io.github.webpubsubtestkit.service.Permission;
import io.github.webpubsubtestkit.service.RequestPattern;
import io.github.webpubsubtestkit.service.SendOptions;
import io.github.webpubsubtestkit.service.SentEventAssert;
import io.github.webpubsubtestkit.service.WebPubSubSoftAssertions;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Calls everything public that takes a reference, once for each parameter with null there. Nothing
 * is sent, waited for or changed, as the null is refused first; so the calls share one fake.
 */
class NullArgumentsTest {

  private static final String KIT = "io.github.webpubsubtestkit";

  private static final Set<String> ROOMS =
      Set.of(KIT, KIT + ".client", KIT + ".handler", KIT + ".service");

  /** Others answer for these: Java, JUnit, which calls its callbacks itself, and the user. */
  private static final Predicate<Executable> EXEMPT =
      called ->
          called.getName().equals("equals")
              || called.getDeclaringClass().isEnum()
              || called.getDeclaringClass() == JsonReader.class
              || called.getDeclaringClass() == JsonWriter.class
              || called.getDeclaringClass() == WebPubSubExtension.class;

  /** One of each type to call, and of each type of parameter. */
  private static final List<Object> OBJECTS = new ArrayList<>();

  private static FakeWebPubSub fake;

  @BeforeAll
  static void gatherObjects() {
    FakeWebPubSubBuilder builder = FakeWebPubSub.builder();
    builder.tokens(OBJECTS::add).clients(OBJECTS::add).rest(OBJECTS::add);
    builder.events(OBJECTS::add).limits(OBJECTS::add).timeline(OBJECTS::add);
    fake = builder.build();
    EventHandlerStub stub =
        fake.eventHandler("hub")
            .onConnect(event -> ConnectAnswer.accept())
            .onUserEvent(event -> EventAnswer.acknowledge());
    PubSubClient alice = fake.connect(asUser("alice"));
    SimpleClient bob = fake.connectSimple(asUser("bob"));
    fake.connect(asUser("gone")).close();
    stub.assertThat().receivesEvent("disconnected");
    alice.sendEvent("order", "42");
    fake.sendToAll("hello");
    alice.assertThat().receivesText("hello");
    Ack ack = new Ack(1, true, Optional.empty(), Optional.empty(), Duration.ZERO);
    CloseStatus close = new CloseStatus(1000, "");

    OBJECTS.addAll(
        List.of(fake, fake.clock(), fake.faults(), builder, stub, alice, bob, ack, close));
    OBJECTS.addAll(List.of(fake.assertThat(), stub.assertThat(), alice.assertThat()));
    OBJECTS.addAll(List.of(ack.assertThat(), close.assertThat()));
    OBJECTS.addAll(alice.messages());
    OBJECTS.add(alice.messages().get(0).assertThat());
    OBJECTS.addAll(stub.events());
    OBJECTS.add(stub.events().get(0).assertThat());
    OBJECTS.addAll(fake.requests());
    OBJECTS.add(fake.requests().get(0).assertThat());
    SentEventAssert sent = fake.assertThat().sendsEvent("order");
    OBJECTS.addAll(List.of(sent, sent.actual()));
    OBJECTS.addAll(fake.connections());
    OBJECTS.add(fake.connections().get(0).assertThat());
    OBJECTS.add(fake.faults().request(RequestPattern.anyRequest()));
    OBJECTS.add(fake.eventHandler("hub"));
    OBJECTS.addAll(List.of(ConnectAnswer.accept(), EventAnswer.acknowledge()));
    OBJECTS.addAll(List.of(ConnectOptions.anonymous(), PublishOptions.options()));
    OBJECTS.addAll(List.of(SendOptions.options(), RequestPattern.anyRequest()));
    OBJECTS.addAll(List.of(EventHandler.url("http://localhost/api"), Content.text("hello")));
    OBJECTS.add(WebPubSubExtension.builder());
    OBJECTS.add(new WebPubSubSoftAssertions());
    OBJECTS.add(ClientsAssert.assertThatClients(alice));
    OBJECTS.addAll(
        List.of("hub", Duration.ofMillis(1), Instant.EPOCH, URI.create("ws://localhost/")));
    OBJECTS.addAll(List.of(fake.certificate(), Path.of("file"), new char[0]));
    OBJECTS.addAll(List.of(new byte[0], Optional.empty(), Set.of("hub"), 1, 1L, true));
    OBJECTS.addAll(List.of(Protocol.JSON, DataType.TEXT, Permission.SEND_TO_GROUP, String.class));
    OBJECTS.add(CompletableFuture.completedFuture("done"));
    OBJECTS.addAll(List.of((JsonWriter) String::valueOf, new Reading()));
    OBJECTS.add((Consumer<Object>) value -> {});
    OBJECTS.add((Function<Object, Object>) value -> value);
    OBJECTS.add((Predicate<Object>) value -> true);
  }

  @AfterAll
  static void closeTheFake() {
    fake.close();
  }

  @Test
  @DisplayName("every null argument is refused at once, with the names of method and parameter")
  void nullsAreRefused() {
    List<Call> calls = calls();
    fake.awaitIdle();
    String before = fake.timeline();
    List<String> others = calls.stream().flatMap(call -> call.differs().stream()).sorted().toList();

    assertThat(others).isEmpty();
    assertThat(calls).hasSizeGreaterThan(400);
    assertThat(fake.timeline()).isEqualTo(before);
  }

  /** A call with one null, and what the error must say. */
  private record Call(
      Class<?> type, Executable called, int at, @Nullable Object argument, String expected) {

    /** What happened instead, if it did. */
    Optional<String> differs() {
      String what =
          called.getDeclaringClass().getSimpleName()
              + "."
              + called.getName()
              + Stream.of(called.getParameterTypes())
                  .map(Class::getSimpleName)
                  .collect(joining(", ", "(", ")"));
      String happened;
      try {
        invoke();
        happened = "nothing";
      } catch (InvocationTargetException e) {
        Throwable thrown = requireNonNull(e.getCause());
        happened =
            thrown.getClass() == NullPointerException.class
                ? String.valueOf(thrown.getMessage())
                : thrown.toString();
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(what, e);
      }
      return happened.equals(expected)
          ? Optional.empty()
          : Optional.of(what + " expected: " + expected + ", but was: " + happened);
    }

    private void invoke() throws ReflectiveOperationException {
      Parameter[] parameters = called.getParameters();
      @Nullable Object[] arguments = new Object[parameters.length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = i == at ? argument : anyValue(parameters[i].getType());
      }
      called.setAccessible(true); // a package-private interface may declare it
      if (called instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else {
        boolean isStatic = Modifier.isStatic(called.getModifiers());
        ((Method) called).invoke(isStatic ? null : anyValue(type), arguments);
      }
    }
  }

  private static List<Call> calls() {
    Set<Executable> seen = new LinkedHashSet<>();
    List<Call> calls = new ArrayList<>();
    for (Class<?> type : PublicTypes.ALL) {
      Stream.<Executable>concat(Stream.of(type.getConstructors()), Stream.of(type.getMethods()))
          .filter(each -> ROOMS.contains(each.getDeclaringClass().getPackageName()))
          .filter(each -> !each.isSynthetic())
          .filter(EXEMPT.negate())
          .filter(seen::add)
          .forEach(each -> addCalls(calls, type, each));
    }
    return calls;
  }

  private static void addCalls(List<Call> calls, Class<?> type, Executable called) {
    String name = called instanceof Constructor<?> ? type.getSimpleName() : called.getName();
    Parameter[] parameters = called.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      Parameter parameter = parameters[i];
      Class<?> given = parameter.getType();
      if (given.isPrimitive() || parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        continue;
      }
      String expected = name + ": " + parameter.getName();
      calls.add(new Call(type, called, i, null, expected + " must not be null"));
      if (given.isArray() && !given.getComponentType().isPrimitive()) {
        Object one = Array.newInstance(given.getComponentType(), 1);
        calls.add(new Call(type, called, i, one, expected + "[0] must not be null"));
      } else if (Collection.class.isAssignableFrom(given)) {
        Object one = Collections.singleton(null);
        calls.add(new Call(type, called, i, one, expected + "[0] must not be null"));
      }
    }
  }

  private static final class Reading implements JsonReader {

    @Override
    public <T> T read(String json, Class<T> type) {
      return type.cast(json);
    }
  }

  private static Object anyValue(Class<?> type) {
    if (type.isArray() && !type.getComponentType().isPrimitive()) {
      Object array = Array.newInstance(type.getComponentType(), 1);
      Array.set(array, 0, anyValue(type.getComponentType()));
      return array;
    }
    Class<?> boxed = MethodType.methodType(type).wrap().returnType();
    return OBJECTS.stream()
        .filter(boxed::isInstance)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no object of " + type));
  }
}
